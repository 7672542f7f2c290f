// SPDX-License-Identifier: Apache-2.0

/// The smooth calibration error of one sample's scores, for any labels.
public struct PreparedSmoothCalibrationError: PreparedCalibrationStatistic {
  private let grid: ResidualGrid
  /// The scores' own mass on each node, negative: what is left to add are labels.
  private let promised: [Double]
  private let mass: Double
  /// Where the search starts: the σ* that a perfectly calibrated model typically has.
  private let typical: Double

  init(_ sample: CalibrationSample) {
    let masses = sample.masses
    let mass = masses.reduce(0, +)
    let coarse = ResidualGrid(sample.scores, cells: 512)
    let variances = sample.scores.indices.map { index in
      let score = sample.scores[index]
      return sample.weights[index] * masses[index] * score * (1 - score)
    }
    let typical = Self.typicalWidth(variances, coarse, mass)
    // Four cells or more a width.
    var cells = 512
    while cells < 8192 && typical * Double(cells) < 4 { cells *= 2 }
    let grid = cells == coarse.cells ? coarse : ResidualGrid(sample.scores, cells: cells)
    promised = grid.spread(zip(masses, sample.scores).map { -$0 * $1 })
    self.grid = grid
    self.mass = mass
    self.typical = typical
  }

  /// smECE at the width that equals it.
  public func value(positives: [Double]) -> Double {
    let residuals = grid.smoothing(grid.spread(positives, onto: promised))
    return FixedPoint.width(from: typical) { error(residuals, width: $0) }
  }

  /// smECE_σ for a given width σ > 0.
  public func value(positives: [Double], width: Double) -> Double {
    error(grid.smoothing(grid.spread(positives, onto: promised)), width: width)
  }

  private func error(_ residuals: ResidualGrid.Smoothing, width: Double) -> Double {
    var sum = 0.0
    for value in grid.smoothed(residuals, width: width) { sum += value.magnitude }
    return sum / mass
  }

  /// The σ that equals √(2/π) ∫ √(Σ w²f(1−f) K_σ²) / Σw, the mean error where every score is right.
  ///
  /// K_σ² is about 1/(2σ√π) times a Gaussian of width σ/√2.
  private static func typicalWidth(
    _ variances: [Double], _ grid: ResidualGrid, _ mass: Double
  ) -> Double {
    let nodes = grid.smoothing(grid.spread(variances))
    let cell = 1 / Double(grid.cells)
    return FixedPoint.width(from: 0.03) { width in
      var sum = 0.0
      for value in grid.smoothed(nodes, width: width * 0.5.squareRoot()) {
        sum += (max(0, value) * cell / (2 * width * Double.pi.squareRoot())).squareRoot()
      }
      return (2 / Double.pi).squareRoot() * sum / mass
    }
  }
}

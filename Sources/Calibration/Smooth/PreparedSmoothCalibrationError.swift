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
    var grid = cells == coarse.cells ? coarse : ResidualGrid(sample.scores, cells: cells)
    grid.read(width: typical)
    promised = grid.spread(zip(masses, sample.scores).map { -$0 * $1 })
    self.grid = grid
    self.mass = mass
    self.typical = typical
  }

  /// smECE at the width that equals it.
  public func values(_ labels: LabelVectors) -> [Double] {
    stride(from: 0, to: labels.count, by: 4).flatMap { first in
      let residuals = grid.smoothing(labels, from: first, onto: promised)
      let found = FixedPoint.widths(from: typical) { errors(residuals, widths: $0) }
      return (0..<min(4, labels.count - first)).map { found[$0] }
    }
  }

  /// smECE_σ for a given width σ > 0.
  public func value(positives: [Double], width: Double) -> Double {
    let labels = LabelVectors(positives: positives)
    let residuals = grid.smoothing(labels, from: 0, onto: promised)
    return errors(residuals, widths: SIMD4(repeating: width))[0]
  }

  private func errors(_ residuals: ResidualGrid.Smoothing, widths: SIMD4<Double>) -> SIMD4<Double> {
    grid.sum(residuals, widths: widths) { $0.replacing(with: -$0, where: $0 .< 0) } / mass
  }

  /// The σ that equals √(2/π) ∫ √(Σ w²f(1−f) K_σ²) / Σw, the mean error where every score is right.
  ///
  /// K_σ² is about 1/(2σ√π) times a Gaussian of width σ/√2.
  private static func typicalWidth(
    _ variances: [Double], _ grid: ResidualGrid, _ mass: Double
  ) -> Double {
    let nodes = grid.smoothing(grid.spread(variances))
    let cell = 1 / Double(grid.cells)
    let found = FixedPoint.widths(from: 0.03) { widths in
      let roots = grid.sum(nodes, widths: widths * 0.5.squareRoot()) {
        $0.replacing(with: 0, where: $0 .< 0).squareRoot()
      }
      let share = (widths * (2 * Double.pi.squareRoot() / cell)).squareRoot()
      return (2 / Double.pi).squareRoot() * roots / share / mass
    }
    return found[0]
  }
}

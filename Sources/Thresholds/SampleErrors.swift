// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics

/// The errors of a sample's curve at its sufficient thresholds.
struct SampleErrors: Sendable {
  /// By sufficient threshold; 0 where nothing varies and nothing can be said.
  var standardErrors: [Double]
  /// By sufficient threshold, a value that is never at an end of the range, for logarithms.
  var centres: [Double]
  /// Normal numbers × sufficient thresholds.
  var factor: Matrix
  /// Which normal numbers the factor is multiplied with: samples of the same stream are dependent.
  var stream: Int
  /// G − 1 with G clusters, ∞ for independent rows.
  var degrees: Double

  /// Of independent rows: Σ w² ψ ψ′ over categories, ψ from smoothed counts.
  ///
  /// Standard errors of weighted rows are linearised from the counts as they are, with s / (s − 1) for
  /// a support of s rows; smoothed only where that gives none.
  init(independent points: CurvePoints, stream: Int) {
    let influences = Self.influences(of: points)
    factor = CorrelationFactor.of(influences: influences)
    self.stream = stream
    degrees = .infinity
    var variances = Array(repeating: 0.0, count: influences.columns)
    for row in 0..<influences.rows {
      for column in variances.indices {
        variances[column] += influences[row, column] * influences[row, column]
      }
    }
    if points.sample.isWeighted {
      for (column, threshold) in points.sufficient.enumerated() {
        let slope = points.slopes[column]
        let support = points.supports[threshold]
        let linearised =
          (points.squares[threshold] * slope * slope).sum()
          * (support > 1 ? support / (support - 1) : 1)
        if linearised > negligible { variances[column] = linearised }
      }
    }
    standardErrors = variances.map { $0.squareRoot() }
    centres = points.sufficient.map { Self.smoothedValue(points, $0) }
  }

  /// From the parts that joint sums of clusters give.
  init(
    standardErrors: [Double], centres: [Double], factor: Matrix, stream: Int, degrees: Double
  ) {
    self.standardErrors = standardErrors
    self.centres = centres
    self.factor = factor
    self.stream = stream
    self.degrees = degrees
  }

  private static func smoothedValue(_ points: CurvePoints, _ threshold: Int) -> Double {
    (try? points.metric.value(points.smoothed(threshold))) ?? points.values[threshold] ?? 0
  }

  /// By category that has rows, and by cell that is smoothed, √Σw² ψ at each sufficient threshold.
  private static func influences(of points: CurvePoints) -> Matrix {
    let sample = points.sample
    let filled = sample.squares.indices.filter { sample.squares[$0] > 0 }
    let smoothing = points.metric.smoothing
    let cells = smoothing.indices.filter { smoothing[$0] > 0 }
    var result = Matrix(rows: filled.count + cells.count, columns: points.sufficient.count)
    for (column, threshold) in points.sufficient.enumerated() {
      let slope = points.smoothedSlopes[column]
      for (row, category) in filled.enumerated() {
        let cell = sample.categories.cell(category, at: threshold)
        result[row, column] = sample.squares[category].squareRoot() * slope[cell]
      }
      for (row, cell) in cells.enumerated() {
        result[filled.count + row, column] =
          smoothing[cell].squareRoot() * points.units[threshold] * slope[cell]
      }
    }
    return result
  }
}

/// A variance of at most this is one of nothing but rounding errors.
let negligible = 1e-30

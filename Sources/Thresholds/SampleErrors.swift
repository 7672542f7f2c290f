// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics

/// The errors of a sample's curve at its sufficient thresholds.
struct SampleErrors: Sendable {
  /// By sufficient threshold, from smoothed counts of independent rows: √Σ w² ψ².
  var rowErrors: [Double]
  /// What is used: with clusters never less than that of independent rows, as a cluster variance
  /// from a few rows may be next to nothing by chance.
  var standardErrors: [Double]
  /// By sufficient threshold, a value that is never at an end of the range, for logarithms.
  var centres: [Double]
  /// Normal numbers × sufficient thresholds.
  var factor: Matrix
  /// Which normal numbers the factor is multiplied with: samples of the same stream are dependent.
  var stream: Int
  /// G − 1 with G clusters, ∞ for independent rows.
  var degrees = Double.infinity

  /// Of independent rows: Σ w² ψ ψ′ over categories, ψ from smoothed counts.
  init(independent points: CurvePoints, stream: Int) {
    let influences = Self.influences(of: points)
    factor = CorrelationFactor.of(influences: influences)
    self.stream = stream
    rowErrors = influences.columnLengths
    standardErrors = rowErrors
    centres = points.sufficient.map { Self.smoothedValue(points, $0) }
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

extension Matrix {
  /// By column the root of the sum of its squares.
  var columnLengths: [Double] {
    var squares = Array(repeating: 0.0, count: columns)
    for start in stride(from: 0, to: elements.count, by: max(1, columns)) {
      for column in 0..<columns {
        squares[column] += elements[start + column] * elements[start + column]
      }
    }
    return squares.map { $0.squareRoot() }
  }
}

/// A variance of at most this is one of nothing but rounding errors.
let negligible = 1e-30

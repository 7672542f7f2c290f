// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra

/// A matrix F with Fᵀ·F the correlations of errors, whose columns they are: independent standard
/// normal numbers times F are errors in units of their standard errors.
enum CorrelationFactor {
  /// Correlations that differ by less make no difference to a critical value.
  private static let tolerance = 1e-10

  /// From independent influences: units × errors, Σ over units of squares the variance.
  static func of(influences: Matrix) -> Matrix {
    influences.rows <= influences.columns
      ? normalized(influences) : of(covariance: influences.crossProduct())
  }

  /// From a covariance matrix; an error without variance gets a column of zeros.
  static func of(covariance: Matrix) -> Matrix {
    let size = covariance.rows
    let errors = (0..<size).map { max(0, covariance[$0, $0]).squareRoot() }
    var correlation = covariance
    for row in 0..<size {
      for column in 0..<size {
        let scale = errors[row] * errors[column]
        correlation[row, column] = scale > 0 ? covariance[row, column] / scale : 0
      }
      // Exactly, as rounding errors must not choose the pivots, nor with them what draws come out.
      correlation[row, row] = errors[row] > 0 ? 1 : 0
    }
    guard let cholesky = PivotedCholesky(correlation, tolerance: tolerance) else {
      preconditionFailure("a covariance is not finite")
    }
    return normalized(cholesky.factor)
  }

  /// Columns of length 1, or of zeros.
  static func normalized(_ factor: Matrix) -> Matrix {
    let width = factor.columns
    var elements = factor.elements
    let scales = factor.columnLengths.map { $0 > 0 ? 1 / $0 : 0 }
    for start in stride(from: 0, to: elements.count, by: max(1, width)) {
      for column in 0..<width { elements[start + column] *= scales[column] }
    }
    return Matrix(rows: factor.rows, columns: width, elements: elements)
  }
}

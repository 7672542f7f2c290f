// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandBLAS

/// The Cholesky factorisation `A = L·Lᵀ` of a symmetric positive definite matrix, by LAPACK.
public struct Cholesky: Sendable {
  /// The lower triangle L; zeros above the diagonal.
  public let factor: Matrix

  /// Factorises `matrix` (n × n, only its lower triangle is read); `nil` if it is not positive
  /// definite or holds a value that is not finite.
  ///
  /// - Complexity: n³/3 multiplications (`dpotrf`).
  public init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has a Cholesky factor")
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    let n = matrix.rows
    var lower = matrix
    let size = blasSize(n)
    let information = lower.withElements { elements in
      // Unsafe: LAPACKE takes a pointer; the matrix is n × n by the precondition.
      unsafe LAPACKE_dpotrf(
        LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), size, &elements, max(1, size))
    }
    guard information == 0 else { return nil }
    for row in 0..<n {
      for column in (row + 1)..<max(n, row + 1) { lower[row, column] = 0 }
    }
    factor = lower
  }

  /// Solves `A·x = b` for one right-hand side of length n (`dpotrs`).
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == factor.rows, "the right-hand side has another length")
    var solution = right
    let size = blasSize(factor.rows)
    // Unsafe: LAPACKE takes pointers; factor is n × n and the right-hand side has n elements.
    let information = unsafe LAPACKE_dpotrs(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), size, 1, factor.elements, max(1, size),
      &solution, 1)
    precondition(information == 0, "dpotrs refused argument \(-information)")
    return solution
  }

  /// The inverse of the factorised matrix, column by column.
  public func inverse() -> Matrix {
    let n = factor.rows
    var result = Matrix(rows: n, columns: n)
    for column in 0..<n {
      var unit = Array(repeating: 0.0, count: n)
      unit[column] = 1
      for (row, value) in solve(unit).enumerated() { result[row, column] = value }
    }
    return result
  }

  /// L · z: turns independent standard normal values into ones with the covariance A.
  public func correlate(_ values: [Double]) -> [Double] {
    precondition(values.count == factor.rows, "one value a row is needed")
    return (0..<factor.rows).map { row in
      var sum = 0.0
      for column in 0...row { sum += factor[row, column] * values[column] }
      return sum
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandBLAS

/// The Cholesky factorisation with complete pivoting of a symmetric positive semidefinite matrix,
/// `A = Uᵀ·U` with as few rows in U as A has independent ones, by LAPACK.
///
/// Correlations of estimates are singular as a rule: rates that add up to 1 are perfectly correlated,
/// and differences to a whole are linearly dependent.
public struct PivotedCholesky: Sendable {
  /// U: rank × n, its columns in the order of A's.
  public let factor: Matrix
  public var rank: Int { factor.rows }

  /// Factorises `matrix` (n × n); `nil` if it holds a value that is not finite.
  ///
  /// Stops once no diagonal element of what is left exceeds `tolerance`: no element of A − Uᵀ·U is
  /// then larger, provided A is semidefinite. What makes it indefinite by rounding is left out too.
  ///
  /// - Complexity: n² · rank multiplications (`dpstrf`).
  public init?(_ matrix: Matrix, tolerance: Double) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has a Cholesky factor")
    precondition(tolerance > 0, "rounding leaves a diagonal that is not exactly 0")
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    let n = matrix.rows
    // LAPACK wants a positive first pivot.
    guard (0..<n).contains(where: { matrix[$0, $0] > tolerance }) else {
      factor = Matrix(rows: 0, columns: n)
      return
    }
    var work = matrix
    var pivots = Array(repeating: Int32(0), count: n)
    var rank = Int32(0)
    let size = blasSize(n)
    let information = work.withElements { elements in
      // Unsafe: LAPACKE takes pointers; the matrix is n × n by the precondition and there are n
      // pivots. Read by columns, the lower triangle of a symmetric matrix is its upper one by rows.
      unsafe LAPACKE_dpstrf(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "L")), size, &elements, size, &pivots, &rank, tolerance
      )
    }
    precondition(information >= 0, "dpstrf refused argument \(-information)")
    var factor = Matrix(rows: Int(rank), columns: n)
    for row in 0..<Int(rank) {
      for column in row..<n { factor[row, Int(pivots[column]) - 1] = work[row, column] }
    }
    self.factor = factor
  }
}

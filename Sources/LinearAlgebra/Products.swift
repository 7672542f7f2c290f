// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandBLAS

extension Matrix {
  /// Adds `transpose(left) · right` to this matrix: `C += AᵀB`.
  ///
  /// Shapes: `left` is k × rows, `right` is k × columns. The shape of a resampling tile: replicates'
  /// weights against the rows' statistics.
  /// - Complexity: k · rows · columns multiplications, by `dgemm`.
  public mutating func addTransposedProduct(_ left: Matrix, _ right: Matrix) {
    precondition(left.rows == right.rows, "the two factors have different numbers of rows")
    precondition(left.columns == rows && right.columns == columns, "the product has another shape")
    guard rows > 0, columns > 0, left.rows > 0 else { return }
    let (m, n, k) = (blasSize(rows), blasSize(columns), blasSize(left.rows))
    withElements { elements in
      // Unsafe: BLAS takes pointers; the preconditions above are the bounds it does not check.
      unsafe cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, m, n, k, 1, left.elements, m, right.elements, n, 1,
        &elements, n)
    }
  }

  /// The cross-product matrix `AᵀA`, both triangles filled.
  ///
  /// Shape: columns × columns. With influence values as columns this is the joint covariance of the
  /// estimates.
  /// - Complexity: rows · columns² / 2 multiplications, by `dsyrk`.
  public func crossProduct() -> Matrix {
    var result = Matrix(rows: columns, columns: columns)
    guard rows > 0, columns > 0 else { return result }
    let (n, k) = (blasSize(columns), blasSize(rows))
    let source = elements
    result.withElements { target in
      // Unsafe: BLAS takes pointers; n and k are this matrix's own dimensions.
      unsafe cblas_dsyrk(
        CblasRowMajor, CblasUpper, CblasTrans, n, k, 1, source, n, 0, &target, n)
    }
    for row in 0..<columns {
      for column in 0..<row { result[row, column] = result[column, row] }
    }
    return result
  }
}

/// A dimension as BLAS counts it (LP64: 32 bits).
func blasSize(_ count: Int) -> Int32 {
  guard let size = Int32(exactly: count) else {
    preconditionFailure("a dimension of \(count) exceeds what BLAS can address")
  }
  return size
}

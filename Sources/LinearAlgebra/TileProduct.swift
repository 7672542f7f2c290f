// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandBLAS

/// Products of tiles in single precision, summed in double precision: replicates' weights against the
/// rows' statistics.
///
/// A tile's sums lose about a millionth of their size, which replicates do not show; over tiles nothing
/// more is lost.
public struct TileProduct: Sendable {
  private let replicates: Int
  private let columns: Int
  private var product: [Float]

  public init(replicates: Int, columns: Int) {
    self.replicates = replicates
    self.columns = columns
    product = Array(repeating: 0, count: replicates * columns)
  }

  /// Adds weights · values to `sums`.
  ///
  /// - Parameters:
  ///   - weights: replicates × rows, row by row.
  ///   - values: of all rows, × columns, row by row.
  ///   - rows: which of the values' rows the weights are of.
  ///   - sums: replicates × columns.
  /// - Complexity: replicates · rows · columns multiplications, by `sgemm`.
  public mutating func add(
    _ weights: [Float], _ values: [Float], rows: Range<Int>, to sums: inout Matrix
  ) {
    precondition(sums.rows == replicates && sums.columns == columns, "the sums have another shape")
    precondition(weights.count >= replicates * rows.count, "too few weights")
    precondition(
      rows.lowerBound >= 0 && rows.upperBound * columns <= values.count, "rows without values")
    guard replicates > 0, columns > 0, !rows.isEmpty else { return }
    let (m, n, k) = (blasSize(replicates), blasSize(columns), blasSize(rows.count))
    // Unsafe: BLAS takes pointers; the preconditions above are the bounds it does not check.
    unsafe values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return }
      unsafe cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1, weights, k,
        first + rows.lowerBound * columns, n, 0, &product, n)
    }
    sums.withElements { sums in
      for index in sums.indices { sums[index] += Double(product[index]) }
    }
  }
}

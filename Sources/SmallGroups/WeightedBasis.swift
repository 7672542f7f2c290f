// SPDX-License-Identifier: Apache-2.0

/// An orthonormal basis of what indicators, and a constant, can fit by weighted least squares.
///
/// Orthogonalisation with a second pass; a column that is a combination of earlier ones adds
/// nothing. The rank does not depend on the coding: all levels of all attributes may be given.
struct WeightedBasis {
  /// √w_a.
  private let roots: [Double]
  /// Orthonormal vectors in the scale of √w · y.
  private let vectors: [[Double]]

  /// The dimension of the fits: 1 for the constant alone.
  var rank: Int { vectors.count }

  /// - Parameter columns: by term the cells in which its indicator is 1.
  init(weights: [Double], columns: [[Int]]) {
    let roots = weights.map { $0.squareRoot() }
    var vectors: [[Double]] = []
    for cells in [Array(roots.indices)] + columns {
      var column = Array(repeating: 0.0, count: roots.count)
      for cell in cells { column[cell] = roots[cell] }
      let length = Self.length(column)
      for _ in 0..<2 {
        for vector in vectors { Self.remove(vector, from: &column) }
      }
      let left = Self.length(column)
      if left > 1e-7 * length { vectors.append(column.map { $0 / left }) }
    }
    self.roots = roots
    self.vectors = vectors
  }

  /// The weighted least-squares fit.
  ///
  /// - Complexity: cells × rank.
  func fit(_ values: [Double]) -> [Double] {
    var left = values.indices.map { roots[$0] * values[$0] }
    for vector in vectors { Self.remove(vector, from: &left) }
    return values.indices.map { values[$0] - left[$0] / roots[$0] }
  }

  private static func length(_ column: [Double]) -> Double {
    column.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private static func remove(_ vector: [Double], from column: inout [Double]) {
    var product = 0.0
    for cell in column.indices { product += vector[cell] * column[cell] }
    for cell in column.indices { column[cell] -= product * vector[cell] }
  }
}

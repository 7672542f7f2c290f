// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra

/// Hypotheses with standard normal statistics of known correlations.
package struct CorrelatedFamily: Sendable {
  /// The observed |z|.
  let deviates: [Double]
  /// From the least significant hypothesis to the most.
  let order: [Int]
  /// U with Uᵀ·U the correlations.
  private let factor: Matrix
  var rank: Int { factor.rows }
  /// No number of draws here can tell correlations apart that differ by less.
  private static let tolerance = 1e-4

  /// What a block of draws says.
  struct Counts: Sendable {
    /// The largest |z|, by draw.
    var maxima: [Double]
    /// By hypothesis, the draws whose largest |z| among it and all less significant ones reaches it.
    var reaching: [Int]
  }

  /// - Parameters:
  ///   - correlation: symmetric and semidefinite, with ones on its diagonal; may be singular.
  ///   - deviates: of every hypothesis, in the order of the matrix; not NaN.
  package init(correlation: Matrix, deviates: [Double]) {
    precondition(correlation.rows == deviates.count, "each hypothesis has a statistic")
    self.deviates = deviates.map(\.magnitude)
    order = deviates.indices.sorted {
      (deviates[$0].magnitude, $1) < (deviates[$1].magnitude, $0)
    }
    guard let cholesky = PivotedCholesky(correlation, tolerance: Self.tolerance) else {
      preconditionFailure("a correlation is not finite")
    }
    factor = Self.normalized(cholesky.factor)
  }

  /// Columns of length 1: what the tolerance left out of a variance is made up for.
  private static func normalized(_ factor: Matrix) -> Matrix {
    let width = factor.columns
    var elements = factor.elements
    var lengths = Array(repeating: 0.0, count: width)
    for start in stride(from: 0, to: elements.count, by: width) {
      for column in 0..<width {
        lengths[column] += elements[start + column] * elements[start + column]
      }
    }
    let scales = lengths.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    for start in stride(from: 0, to: elements.count, by: width) {
      for column in 0..<width { elements[start + column] *= scales[column] }
    }
    return Matrix(rows: factor.rows, columns: width, elements: elements)
  }

  /// Goes from the least significant hypothesis up; each joins the maxima once.
  ///
  /// - Parameter normals: at least as many rows of independent normal numbers as the rank.
  func count(_ normals: [Double], draws: Int) -> Counts {
    let own = Matrix(rows: rank, columns: draws, elements: Array(normals.prefix(rank * draws)))
    var statistics = Matrix(rows: deviates.count, columns: draws)
    statistics.addTransposedProduct(factor, own)
    let elements = statistics.elements
    var maxima = Array(repeating: 0.0, count: draws)
    var reaching = Array(repeating: 0, count: deviates.count)
    for hypothesis in order {
      let start = hypothesis * draws
      let deviate = deviates[hypothesis]
      var found = 0
      for draw in 0..<draws {
        let largest = max(maxima[draw], abs(elements[start + draw]))
        maxima[draw] = largest
        found += largest >= deviate ? 1 : 0
      }
      reaching[hypothesis] = found
    }
    return Counts(maxima: maxima, reaching: reaching)
  }
}

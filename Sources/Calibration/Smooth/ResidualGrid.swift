// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Values of rows put onto equal cells of [0, 1] and smoothed there by a reflected Gaussian.
///
/// The reflected Gaussian of width σ multiplies the k-th cosine by exp(−(πkσ)²/2): no reflection is
/// left out. Sharing a value between two nodes widens it by d(1−d)h², h²/6 on average; that much is
/// taken off σ².
struct ResidualGrid: Sendable {
  /// The cosine coefficients of values on the grid.
  struct Smoothing {
    fileprivate let coefficients: [Double]
  }

  let cells: Int
  private let spreading: NodeSpread
  private let transform: CosineTransform

  /// - Parameters:
  ///   - scores: of the entries, ascending.
  ///   - cells: a power of two.
  init(_ scores: [Double], cells: Int) {
    self.cells = cells
    spreading = NodeSpread(
      scores: scores, nodes: (0..<cells).map { (Double($0) + 0.5) / Double(cells) })
    transform = CosineTransform(size: cells)
  }

  /// The entries' values on the cells, added to what is there.
  func spread(_ values: [Double], onto nodes: [Double]) -> [Double] {
    var result = nodes
    spreading.add(values, to: &result)
    return result
  }

  func spread(_ values: [Double]) -> [Double] {
    spread(values, onto: Array(repeating: 0, count: cells))
  }

  func smoothing(_ nodes: [Double]) -> Smoothing {
    var (coefficients, scratch) = (nodes, nodes)
    transform.forward(&coefficients, scratch: &scratch)
    return Smoothing(coefficients: coefficients)
  }

  /// The values on the cells after smoothing with a Gaussian of the given width.
  func smoothed(_ values: Smoothing, width: Double) -> [Double] {
    let square = max(0, width * width - 1 / (6 * Double(cells) * Double(cells)))
    // The k-th cosine shrinks by q^(k²): by a factor that itself shrinks by q² from one to the next.
    let q = Double.exp(-0.5 * Double.pi * Double.pi * square)
    var (factor, ratio) = (1.0, q)
    var (result, scratch) = (values.coefficients, values.coefficients)
    for index in 0..<cells {
      result[index] *= factor
      factor *= ratio
      ratio *= q * q
    }
    transform.inverse(&result, scratch: &scratch)
    return result
  }
}

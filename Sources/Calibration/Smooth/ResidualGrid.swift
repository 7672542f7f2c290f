// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Values of rows put onto equal cells of [0, 1] and smoothed there by a reflected Gaussian, four sets
/// of values at once.
///
/// The reflected Gaussian of width σ multiplies the k-th cosine by exp(−(πkσ)²/2): no reflection is
/// left out. Sharing a value between two nodes widens it by d(1−d)h², h²/6 on average; that much is
/// taken off σ².
///
/// Smoothed values have few cosines: they can be read at the centres of fewer, larger cells, see `read`.
struct ResidualGrid: Sendable {
  typealias Lanes = CosineTransform.Lanes

  /// The cosine coefficients of values on the grid.
  struct Smoothing {
    fileprivate let coefficients: [Lanes]
  }

  /// In the larger cells: how many there are a width, usually and at least.
  private static let (usual, least) = (8.0, 4.0)

  let cells: Int
  private let spreading: NodeSpread
  private let transform: CosineTransform
  /// Of the larger cells.
  private var reading: CosineTransform

  /// - Parameters:
  ///   - scores: of the entries, ascending.
  ///   - cells: a power of two.
  init(_ scores: [Double], cells: Int) {
    self.cells = cells
    spreading = NodeSpread(
      scores: scores, nodes: (0..<cells).map { (Double($0) + 0.5) / Double(cells) })
    transform = CosineTransform(size: cells)
    reading = transform
  }

  /// Has values that are smoothed with about this width read in eight or more cells a width, not more
  /// than there are; half the width is read so too, and less on all cells.
  mutating func read(width: Double) {
    var size = cells
    while size > 32, Double(size / 2) * width >= Self.usual { size /= 2 }
    reading = size == cells ? transform : CosineTransform(size: size)
  }

  /// The entries' values on the cells.
  func spread(_ values: [Double]) -> [Double] { spreading.sums(values) }

  /// The coefficients of values on the cells, the same in all lanes.
  func smoothing(_ nodes: [Double]) -> Smoothing {
    var coefficients = nodes.map { Lanes(repeating: $0) }
    transform.forward(&coefficients)
    return Smoothing(coefficients: coefficients)
  }

  /// The coefficients of up to four vectors' labels from one on, added to what is on the cells.
  func smoothing(_ labels: LabelVectors, from first: Int, onto nodes: [Double]) -> Smoothing {
    var values = Array(repeating: 0.0, count: 4 * (cells + 1))
    for lane in 0..<min(4, labels.count - first) {
      spreading.add(labels, first + lane, to: &values, lane: lane, stride: 4)
    }
    var coefficients = nodes.indices.map { cell in
      Lanes(values[4 * cell], values[4 * cell + 1], values[4 * cell + 2], values[4 * cell + 3])
        + nodes[cell]
    }
    transform.forward(&coefficients)
    return Smoothing(coefficients: coefficients)
  }

  /// The sum over cells of `function` of the values after smoothing, each lane with a width of its own.
  func sum(
    _ values: Smoothing, widths: Lanes, of function: (Lanes) -> Lanes
  ) -> Lanes {
    // What a lane gives does not depend on the others.
    let isRead = widths * Double(reading.size) .>= Self.least
    guard reading.size < cells, any(isRead) else {
      return sum(values, widths, transform, of: function)
    }
    let found = sum(values, widths, reading, of: function)
    if all(isRead) { return found }
    return sum(values, widths, transform, of: function).replacing(with: found, where: isRead)
  }

  private func sum(
    _ values: Smoothing, _ widths: Lanes, _ transform: CosineTransform,
    of function: (Lanes) -> Lanes
  ) -> Lanes {
    var sum = Lanes.zero
    for value in smoothed(values, widths, transform) { sum += function(value) }
    return sum * Double(cells / transform.size)
  }

  /// The values on a transform's cells, as large as on the grid's own.
  private func smoothed(
    _ values: Smoothing, _ widths: Lanes, _ transform: CosineTransform
  ) -> [Lanes] {
    let square = widths * widths - 1 / (6 * Double(cells) * Double(cells))
    // The k-th cosine shrinks by q^(k²): by a factor that itself shrinks by q² from one to the next.
    var q = Lanes.zero
    for lane in 0..<4 { q[lane] = Double.exp(-0.5 * Double.pi * Double.pi * max(0, square[lane])) }
    var (factor, ratio) = (Lanes(repeating: Double(transform.size) / Double(cells)), q)
    var result = Array(values.coefficients[..<transform.size])
    for index in result.indices {
      result[index] *= factor
      factor *= ratio
      ratio *= q * q
    }
    transform.inverse(&result)
    return result
  }
}

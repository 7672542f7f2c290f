// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration

/// The labelled scores of one model, slice by slice.
struct SliceSamples: Sendable {
  private let order: ScoreOrder
  private let cellCount: Int

  init(_ plan: Plan, _ order: ScoreOrder) {
    self.order = order
    cellCount = plan.slices.cellCount
  }

  /// Of a union of cells.
  func sample(cells: [Int32]) -> CalibrationSample {
    var part = Array(repeating: Int32(-1), count: cellCount)
    for cell in cells { part[Int(cell)] = 0 }
    return samples(partOfCell: part, count: 1)[0]
  }

  /// One sample for each of `count` parts, a row going to the part of its cell (−1: none).
  func samples(partOfCell: [Int32], count: Int) -> [CalibrationSample] {
    let sizes = order.sizes(partOfCell: partOfCell, count: count)
    var result = sizes.map { CalibrationSample(capacity: $0) }
    for place in 0..<order.count {
      let part = Int(partOfCell[Int(order.cells[place])])
      guard part >= 0, let label = order.label(place) else { continue }
      result[part].append(
        score: order.scores[place], label: label, weight: order.weight(place),
        rows: order.multiplicities[place])
    }
    return result
  }

  /// Calls `body` with every labelled row, by score, then weight.
  func forEachRow(
    _ body: (_ score: Double, _ label: Bool, _ cell: Int, _ weight: Double, _ rows: Double) -> Void
  ) {
    for place in 0..<order.count {
      guard let label = order.label(place) else { continue }
      body(
        order.scores[place], label, Int(order.cells[place]), order.weight(place),
        order.multiplicities[place])
    }
  }
}

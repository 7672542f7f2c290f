// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration

/// The labelled scores of one model, slice by slice.
struct SliceSamples: Sendable {
  private let plan: Plan
  private let model: Int
  /// Rows with a score and a label, by score, then weight.
  private let order: [UInt32]

  init(_ plan: Plan, model: Int) {
    self.plan = plan
    self.model = model
    let rows = plan.rows
    let scores = rows.scores[model]
    var order =
      (0..<rows.count).lazy.filter { !scores[$0].isNaN && rows.label($0) != nil }
      .map { UInt32($0) } as [UInt32]
    RadixSort.sort(&order, by: scores.map(RadixSort.key))
    if rows.isWeighted {
      order.sort { (a: UInt32, b: UInt32) -> Bool in
        (scores[Int(a)], rows.weight(Int(a))) < (scores[Int(b)], rows.weight(Int(b)))
      }
    }
    self.order = order
  }

  /// Of a union of cells.
  func sample(cells: [Int32]) -> CalibrationSample {
    var part = Array(repeating: Int32(-1), count: plan.slices.cellCount)
    for cell in cells { part[Int(cell)] = 0 }
    return samples(partOfCell: part, count: 1)[0]
  }

  /// One sample for each of `count` parts, a row going to the part of its cell (−1: none).
  func samples(partOfCell: [Int32], count: Int) -> [CalibrationSample] {
    let rows = plan.rows
    var result = Array(repeating: CalibrationSample(), count: count)
    for row in order.lazy.map(Int.init) {
      let part = Int(partOfCell[Int(rows.cells[row])])
      guard part >= 0, let label = rows.label(row) else { continue }
      result[part].append(
        score: rows.scores[model][row], label: label, weight: rows.weight(row),
        rows: rows.multiplicities[row])
    }
    return result
  }

  /// Calls `body` with every labelled row, in the table's canonical order of scores.
  func forEachRow(
    _ body: (_ score: Double, _ label: Bool, _ cell: Int, _ weight: Double, _ rows: Double) -> Void
  ) {
    let rows = plan.rows
    for row in order.lazy.map(Int.init) {
      guard let label = rows.label(row) else { continue }
      body(
        rows.scores[model][row], label, Int(rows.cells[row]), rows.weight(row),
        rows.multiplicities[row])
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// What a sweep must know of a row: its label and the bucket of its score. Rows of a category fall
/// into the same cell at every threshold.
///
/// By label (positive, negative, missing) the buckets 0…T, then the positive and the negative rows
/// without a score: 3 (T + 1) + 2 categories.
struct RowCategories: Sendable, Equatable {
  let thresholds: Int
  var count: Int { 3 * (thresholds + 1) + 2 }

  /// `nil` if both are missing: such a row is in no cell.
  func category(bucket: Int?, label: Bool?) -> Int? {
    guard let bucket else { return label.map { 3 * (thresholds + 1) + ($0 ? 0 : 1) } }
    precondition(bucket >= 0 && bucket <= thresholds, "no such bucket")
    let place =
      switch label {
      case true?: 0
      case false?: 1
      case nil: 2
      }
    return place * (thresholds + 1) + bucket
  }

  /// The cell of a category's rows at a threshold, as an index into `DecisionCounts.cells`.
  func cell(_ category: Int, at threshold: Int) -> Int {
    let (label, bucket) = category.quotientAndRemainder(dividingBy: thresholds + 1)
    if label == 3 { return 6 + bucket }
    let isSelected = bucket > threshold
    return label == 2 ? (isSelected ? 4 : 5) : label + (isSelected ? 0 : 2)
  }

  /// By threshold the sums over each cell of what every category holds.
  ///
  /// Selected and rejected rows are cumulated from their own ends: a difference of sums of weights
  /// would leave a residue where a cell is empty.
  func cumulated(_ sums: [Double]) -> [SIMD8<Double>] {
    precondition(sums.count == count)
    let buckets = thresholds + 1
    var cells = Array(repeating: SIMD8<Double>(), count: thresholds)
    for threshold in cells.indices {
      cells[threshold][6] = sums[3 * buckets]
      cells[threshold][7] = sums[3 * buckets + 1]
    }
    for (label, selected, rejected) in [(0, 0, 2), (1, 1, 3), (2, 4, 5)] {
      var (below, above) = (0.0, 0.0)
      for threshold in 0..<thresholds {
        below += sums[label * buckets + threshold]
        cells[threshold][rejected] = below
        let mirrored = thresholds - 1 - threshold
        above += sums[label * buckets + mirrored + 1]
        cells[mirrored][selected] = above
      }
    }
    return cells
  }
}

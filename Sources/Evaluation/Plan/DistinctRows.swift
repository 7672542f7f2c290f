// SPDX-License-Identifier: Apache-2.0

/// The rows of a table as the evaluation sees them: rows with identical used columns are one distinct
/// row with a multiplicity, in an order that depends on their content alone.
///
/// So every number is the same for any order of the rows, and for a counted table and its expansion.
struct DistinctRows: Sendable {
  /// Full-depth cell of each distinct row, ascending.
  var cells: [Int32] = []
  /// 0, 1, or 2 (missing).
  var labels: [UInt8] = []
  /// For every model: its scores (NaN: missing), or none for a model of decisions.
  var scores: [[Double]] = []
  /// For every model: 0, 1, or 2 (missing).
  var decisions: [[UInt8]] = []
  /// How many rows of the table each stands for.
  var multiplicities: [Double] = []
  /// Sampling weight of one such row; empty when unweighted.
  var weights: [Double] = []
  /// Cluster of each distinct row; empty when rows are independent.
  var clusters: [Int32] = []
  /// Total of the multiplicities.
  var total = 0

  var count: Int { cells.count }
  var isWeighted: Bool { !weights.isEmpty }
  var isClustered: Bool { !clusters.isEmpty }
  /// Whether rows are independent and count alike, so that counts are multinomial.
  var isSimple: Bool { !isWeighted && !isClustered }

  func weight(_ row: Int) -> Double { weights.isEmpty ? 1 : weights[row] }

  /// The label as an optional.
  func label(_ row: Int) -> Bool? { labels[row] == 2 ? nil : labels[row] == 1 }

  func decision(_ model: Int, _ row: Int) -> Bool? {
    decisions[model][row] == 2 ? nil : decisions[model][row] == 1
  }

  /// Collapses the rows of `self`, which stand in the table's order, into distinct ones.
  func collapsed() -> DistinctRows {
    let keys = sortKeys()
    var order = Array(UInt32(0)..<UInt32(count))
    for key in keys { RadixSort.sort(&order, by: key) }
    var result = DistinctRows()
    result.total = total
    result.scores = scores.map { _ in [] }
    result.decisions = decisions.map { _ in [] }
    var previous: Int?
    for row in order.lazy.map(Int.init) where multiplicities[row] > 0 {
      if let previous, keys.allSatisfy({ $0[previous] == $0[row] }) {
        result.multiplicities[result.count - 1] += multiplicities[row]
      } else {
        result.append(row, of: self)
      }
      previous = row
    }
    return result
  }

  /// The keys to sort by, the least significant first.
  private func sortKeys() -> [[UInt64]] {
    var keys: [[UInt64]] = []
    if isClustered { keys.append(clusters.map { UInt64($0) }) }
    if isWeighted { keys.append(weights.map(RadixSort.key)) }
    for model in scores.indices.reversed() {
      keys.append(
        scores[model].isEmpty
          ? decisions[model].map { UInt64($0) } : scores[model].map(RadixSort.key))
    }
    keys.append(zip(cells, labels).map { UInt64($0) << 2 | UInt64($1) })
    return keys
  }

  private mutating func append(_ row: Int, of source: DistinctRows) {
    cells.append(source.cells[row])
    labels.append(source.labels[row])
    for model in scores.indices {
      if !source.scores[model].isEmpty { scores[model].append(source.scores[model][row]) }
      decisions[model].append(source.decisions[model][row])
    }
    multiplicities.append(source.multiplicities[row])
    if source.isWeighted { weights.append(source.weights[row]) }
    if source.isClustered { clusters.append(source.clusters[row]) }
  }
}

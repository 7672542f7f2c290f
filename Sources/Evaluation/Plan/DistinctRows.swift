// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

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
  func collapsed(_ parallel: Parallel) -> DistinctRows {
    let (first, multiplicities) = distinct(parallel)
    var result = DistinctRows()
    result.total = total
    result.multiplicities = multiplicities
    result.cells = first.map { cells[Int($0)] }
    result.labels = first.map { labels[Int($0)] }
    if isWeighted { result.weights = first.map { weights[Int($0)] } }
    if isClustered { result.clusters = first.map { clusters[Int($0)] } }
    result.scores = parallel.map(scores) { own in
      own.isEmpty ? [] : first.map { own[Int($0)] }
    }
    result.decisions = parallel.map(decisions) { own in first.map { own[Int($0)] } }
    return result
  }

  /// A row of each kind, in the order of their content, and how many rows are like it.
  private func distinct(_ parallel: Parallel) -> (first: [UInt32], multiplicities: [Double]) {
    let keys = sortKeys(parallel)
    let (order, starts) = rowsByCellAndLabel()
    // Rows of one cell and label are sorted by themselves: few at a time, and on all cores.
    let parts = parallel.map(starts.count - 1) { part in
      distinct(Array(order[starts[part]..<starts[part + 1]]), keys)
    }
    return (parts.flatMap(\.first), parts.flatMap(\.multiplicities))
  }

  /// The rows in the order of their cells, then labels, and where each of these begins, and the end.
  private func rowsByCellAndLabel() -> (order: [UInt32], starts: [Int]) {
    var starts = Array(repeating: 0, count: 3 * (Int(cells.max() ?? 0) + 1) + 1)
    func part(_ row: Int) -> Int { 3 * Int(cells[row]) + Int(labels[row]) }
    for row in cells.indices { starts[part(row) + 1] += 1 }
    for part in 1..<starts.count { starts[part] += starts[part - 1] }
    var next = starts
    var order = Array(repeating: UInt32(0), count: count)
    for row in cells.indices {
      let part = part(row)
      order[next[part]] = UInt32(row)
      next[part] += 1
    }
    return (order, starts)
  }

  /// The same of rows of one cell and label.
  private func distinct(
    _ rows: [UInt32], _ keys: [[UInt64]]
  ) -> (first: [UInt32], multiplicities: [Double]) {
    var order = rows
    for key in keys { RadixSort.sort(&order, by: key) }
    var (first, multiplicities): ([UInt32], [Double]) = ([], [])
    for row in order where self.multiplicities[Int(row)] > 0 {
      let own = self.multiplicities[Int(row)]
      // The most significant keys differ most often.
      if let last = first.last,
        keys.reversed().allSatisfy({ $0[Int(last)] == $0[Int(row)] })
      {
        multiplicities[multiplicities.count - 1] += own
      } else {
        first.append(row)
        multiplicities.append(own)
      }
    }
    return (first, multiplicities)
  }

  /// What rows of one cell and label are sorted by, the least significant first.
  private func sortKeys(_ parallel: Parallel) -> [[UInt64]] {
    var keys: [[UInt64]] = []
    if isClustered { keys.append(clusters.map { UInt64($0) }) }
    if isWeighted { keys.append(weights.map(RadixSort.key)) }
    return keys
      + parallel.map(scores.count) { place in
        let model = scores.count - 1 - place
        return scores[model].isEmpty
          ? decisions[model].map { UInt64($0) } : scores[model].map(RadixSort.key)
      }
  }
}

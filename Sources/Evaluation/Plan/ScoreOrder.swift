// SPDX-License-Identifier: Apache-2.0

/// The rows that have a score of one model, in ascending order of the score, equal ones by weight, and
/// beside each other what is read of them.
///
/// Whatever goes through the rows by score reads memory from front to back; sorted once a model.
struct ScoreOrder: Sendable {
  /// Places among the distinct rows.
  private(set) var rows: [UInt32]
  let scores: [Double]
  let cells: [Int32]
  /// 0, 1, or 2 (missing).
  let labels: [UInt8]
  let multiplicities: [Double]
  /// Empty when unweighted.
  let weights: [Double]
  /// By cell, how many places it has.
  private let cellSizes: [Int]

  init(_ source: DistinctRows, model: Int) {
    let all = source.scores[model]
    var rows = all.indices.lazy.filter { !all[$0].isNaN }.map { UInt32($0) } as [UInt32]
    if source.isWeighted { RadixSort.sort(&rows, by: source.weights.map(RadixSort.key)) }
    RadixSort.sort(&rows, by: all.map(RadixSort.key))
    self.rows = rows
    scores = rows.map { all[Int($0)] }
    cells = rows.map { source.cells[Int($0)] }
    labels = rows.map { source.labels[Int($0)] }
    multiplicities = rows.map { source.multiplicities[Int($0)] }
    weights = source.isWeighted ? rows.map { source.weights[Int($0)] } : []
    var sizes = Array(repeating: 0, count: Int(source.cells.max() ?? -1) + 1)
    for cell in cells { sizes[Int(cell)] += 1 }
    cellSizes = sizes
  }

  var count: Int { rows.count }

  func label(_ place: Int) -> Bool? {
    labels[place] == BinaryColumn.missing ? nil : labels[place] == 1
  }

  func weight(_ place: Int) -> Double { weights.isEmpty ? 1 : weights[place] }

  /// The places of the rows of each slice of a partition, ascending.
  func places(_ partition: SlicePartition) -> [ArraySlice<UInt32>] {
    if partition.placeOfCell.allSatisfy({ $0 == 0 }) { return [ArraySlice(0..<UInt32(count))] }
    var sizes = Array(repeating: 0, count: partition.slices.count)
    for (part, size) in zip(partition.placeOfCell, cellSizes) where part >= 0 {
      sizes[Int(part)] += size
    }
    var next = [0]
    for (part, size) in sizes.enumerated().dropLast() { next.append(next[part] + size) }
    let starts = next
    var result = Array(repeating: UInt32(0), count: sizes.reduce(0, +))
    let (cells, parts) = (cells.span, partition.placeOfCell.span)
    var target = result.mutableSpan
    for place in cells.indices {
      let part = Int(parts[Int(cells[place])])
      guard part >= 0 else { continue }
      target[next[part]] = UInt32(place)
      next[part] += 1
    }
    return zip(starts, sizes).map { result[$0..<$0 + $1] }
  }

  /// Of every place, which of the distinct scores it has.
  var ranks: [Int32] {
    var rank = Int32(-1)
    return scores.indices.map { place in
      if place == 0 || scores[place] != scores[place - 1] { rank += 1 }
      return rank
    }
  }

  /// All distinct rows, cell by cell as they stand, within a cell by score; those without one first.
  func rowsByCell(_ plan: Plan) -> [UInt32] {
    let own = plan.rows.cells
    var next = Array(repeating: 0, count: plan.slices.cellCount)
    for (row, cell) in own.enumerated().reversed() { next[Int(cell)] = row }
    var result = Array(repeating: UInt32(0), count: own.count)
    func put(_ row: UInt32, _ cell: Int32) {
      result[next[Int(cell)]] = row
      next[Int(cell)] += 1
    }
    var hasScore = Array(repeating: false, count: count < own.count ? own.count : 0)
    if count < own.count {
      for row in rows { hasScore[Int(row)] = true }
      for row in own.indices where !hasScore[row] { put(UInt32(row), own[row]) }
    }
    for (row, cell) in zip(rows, cells) { put(row, cell) }
    return result
  }
}

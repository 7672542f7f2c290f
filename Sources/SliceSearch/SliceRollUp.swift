// SPDX-License-Identifier: Apache-2.0

/// Sums over slices from sums over cells.
///
/// Adding every cell to every slice that it is part of would take a pass over the cells for each set
/// of features. Instead the cells are added up once into the table of a few features together, a
/// block, and the slices on any of these features are sums of the block's few entries. Blocks are
/// chosen so that every set of features that a slice has lies in one of them.
struct SliceRollUp: Sendable {
  /// Slices to be summed.
  let count: Int
  private let steps: [Step]

  /// A table of sums and the slices that its entries are part of.
  private struct Step: Sendable {
    /// By cell: its entry in the block; `nil` when the entries are the cells themselves.
    var index: [Int32]?
    /// Entries of the block; 0 without one.
    var size: Int
    /// By set of features, by entry: the place of the slice it is part of, or `count` for none.
    var targets: [[Int32]]
  }

  /// - Parameter slices: distinct.
  init(_ slices: [Slice], in cells: SliceCells) {
    count = slices.count
    let values = SliceValues(slices, in: cells)
    let sets = values.sets
    let limit = min(4096, max(64, cells.count / 16))
    if cells.count <= limit {
      steps = [
        Step(
          index: nil, size: 0, targets: sets.map { values.targets($0, values.ranks, cells.count) })
      ]
      return
    }
    let cover = FeatureCover(sets, widths: values.widths, limit: limit)
    let blocks = cover.blocks.map { block in
      let size = block.features.reduce(1) { $0 * values.widths[$1] }
      let digits = values.digits(block.features, size)
      return Step(
        index: values.entries(block.features, cells.count), size: size,
        targets: block.sets.map { values.targets($0, digits, size) })
    }
    let single = cover.uncovered.map { values.targets($0, values.ranks, cells.count) }
    steps = blocks + (single.isEmpty ? [] : [Step(index: nil, size: 0, targets: single)])
  }

  /// Room for a block.
  var workspace: [Int] { [Int](repeating: 0, count: steps.map(\.size).max() ?? 0) }

  /// Room for the sums: one a slice and one for what is in none.
  var sums: [Int] { [Int](repeating: 0, count: count + 1) }

  /// The sums of numbers that are given by cell.
  func add(_ numbers: [Int], into sums: inout [Int], _ workspace: inout [Int]) {
    var sums = sums.mutableSpan
    for place in sums.indices { sums[place] = 0 }
    for step in steps {
      guard let index = step.index else {
        for targets in step.targets { Self.scatter(numbers.span, targets.span, &sums) }
        continue
      }
      var block = workspace.mutableSpan
      for entry in 0..<step.size { block[entry] = 0 }
      Self.scatter(numbers.span, index.span, &block)
      for targets in step.targets { Self.scatter(block.span, targets.span, &sums) }
    }
  }

  /// The numbers of marks that are given as a list of cells.
  func add(marks: [Int32], into sums: inout [Int], _ workspace: inout [Int]) {
    var sums = sums.mutableSpan
    let marks = marks.span
    for place in sums.indices { sums[place] = 0 }
    for step in steps {
      guard let index = step.index else {
        for targets in step.targets {
          let targets = targets.span
          for mark in marks.indices { sums[Int(targets[Int(marks[mark])])] += 1 }
        }
        continue
      }
      var block = workspace.mutableSpan
      for entry in 0..<step.size { block[entry] = 0 }
      let entries = index.span
      for mark in marks.indices { block[Int(entries[Int(marks[mark])])] += 1 }
      for targets in step.targets { Self.scatter(block.span, targets.span, &sums) }
    }
  }

  /// `targets` may be shorter than `numbers`, whose further entries are room that is not used.
  private static func scatter(
    _ numbers: Span<Int>, _ targets: Span<Int32>, _ sums: inout MutableSpan<Int>
  ) {
    for place in targets.indices { sums[Int(targets[place])] &+= numbers[place] }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

/// One run of SliceLine: the best slices so far and what has been looked at.
struct SliceLineSearch {
  let cells: SliceCells
  let errors: CellErrors
  let minimum: Int
  private(set) var top: TopSlices
  /// By depth, from 1.
  private(set) var evaluated: [Int] = []
  /// `nil` when there are no errors: nothing is worse than anything else.
  private let score: SliceLineScore?
  private let predicates: [SlicePredicate]
  private let singles: [SliceSummary]
  /// The slices between two updates of the k-th score, and those that a thread takes at once.
  private static let batch = 512
  private static let share = 32

  init(
    cells: SliceCells, errors: CellErrors, minimum: Int, top: TopSlices, score: SliceLineScore?
  ) {
    self.cells = cells
    self.errors = errors
    self.minimum = minimum
    self.top = top
    self.score = score
    let all = Self.singles(cells, errors)
    let frequent = all.filter { $0.summary.size >= minimum }
    predicates = frequent.map(\.predicate)
    singles = frequent.map(\.summary)
  }

  mutating func run(maximumDepth: Int, _ parallel: Parallel) {
    guard let score else { return }
    evaluated.append(predicates.count)
    let nodes = predicates.indices.map { place in
      SearchLevel.Node(predicates: [Int32(place)], summary: singles[place])
    }
    for node in nodes { insert(node, score) }
    var level = SearchLevel(nodes.filter { bound($0.summary, score) >= top.cutoff })
    if maximumDepth == 1 || level.nodes.isEmpty { return }

    let bits = PredicateBits(predicates, in: cells)
    let kernel = SummaryKernel(cells, errors)
    let features = predicates.map(\.feature)
    for _ in 2...maximumDepth {
      let candidates = level.children(features: features) { bound($0, score) >= top.cutoff }
      if candidates.isEmpty { return }
      level = look(at: candidates, score, bits, kernel, parallel)
    }
  }

  /// Counts the candidates, the most promising first, until none can enter any more.
  private mutating func look(
    at candidates: [SearchLevel.Node], _ score: SliceLineScore, _ bits: PredicateBits,
    _ kernel: SummaryKernel, _ parallel: Parallel
  ) -> SearchLevel {
    let bounds = candidates.map { bound($0.summary, score) }
    let order = candidates.indices.sorted { (bounds[$1], $0) < (bounds[$0], $1) }
    var nodes: [SearchLevel.Node] = []
    var start = 0
    while start < order.count {
      let batch = order[start..<min(start + Self.batch, order.count)]
        .prefix { bounds[$0] >= top.cutoff }
      if batch.isEmpty { break }
      let found = Self.count(batch.map { candidates[$0] }, bits, kernel, parallel)
      for node in found { insert(node, score) }
      nodes += found
      start += batch.count
    }
    evaluated.append(nodes.count)
    return SearchLevel(nodes.filter { bound($0.summary, score) >= top.cutoff })
  }

  private static func count(
    _ nodes: [SearchLevel.Node], _ bits: PredicateBits, _ kernel: SummaryKernel,
    _ parallel: Parallel
  ) -> [SearchLevel.Node] {
    let shares = (nodes.count + share - 1) / share
    return parallel.map(shares) { number in
      var buffer = [UInt64](repeating: 0, count: bits.words)
      return nodes[number * share..<min((number + 1) * share, nodes.count)].map { node in
        bits.intersect(node.predicates, into: &buffer)
        return SearchLevel.Node(predicates: node.predicates, summary: kernel.summary(buffer))
      }
    }.flatMap { $0 }
  }

  /// The highest score of the slice and its parts.
  private func bound(_ summary: SliceSummary, _ score: SliceLineScore) -> Double {
    score.bound(
      size: summary.size, errorSum: Double(summary.errorSum) * errors.quantum,
      maximum: Double(summary.maximum) * errors.quantum, minimum: minimum)
  }

  private mutating func insert(_ node: SearchLevel.Node, _ score: SliceLineScore) {
    let summary = node.summary
    guard summary.size >= minimum else { return }
    let errorSum = Double(summary.errorSum) * errors.quantum
    top.insert(
      ScoredSlice(
        slice: Slice(node.predicates.map { predicates[Int($0)] }),
        score: score.score(size: summary.size, errorSum: errorSum), size: summary.size,
        errorSum: errorSum, maximumError: Double(summary.maximum) * errors.quantum))
  }

  /// Every predicate with its summary, in one pass over the cells a feature.
  private static func singles(
    _ cells: SliceCells, _ errors: CellErrors
  ) -> [(predicate: SlicePredicate, summary: SliceSummary)] {
    cells.codes.enumerated().flatMap { feature, codes in
      var summaries = [SliceSummary](
        repeating: SliceSummary(), count: Int((codes.max() ?? -1) + 1))
      for (cell, code) in codes.enumerated() where code >= 0 {
        summaries[Int(code)].size += cells.counts[cell]
        summaries[Int(code)].errorSum += errors.sums[cell]
        summaries[Int(code)].maximum = max(summaries[Int(code)].maximum, errors.maxima[cell])
      }
      return summaries.enumerated().map { value, summary in
        (SlicePredicate(feature: feature, value: value), summary)
      }
    }
  }
}

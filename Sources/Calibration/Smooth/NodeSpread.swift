// SPDX-License-Identifier: Apache-2.0

/// Entries of a sample spread over ascending nodes: each is shared by the nodes on its two sides in
/// inverse proportion to its distances, so that sums and first moments stay what they were.
///
/// Beyond the first and the last node all of an entry goes to that node. A smooth function summed over
/// nodes instead of entries is off by its second derivative times d(1−d)/2 on the scale of node
/// distances, d being the share.
struct NodeSpread: Sendable {
  let nodeCount: Int
  /// Entries between node k−1 and node k are `starts[k]..<starts[k + 1]`, k = 0 … nodeCount.
  private let starts: [Int]
  /// The part of each entry that goes to the node above it.
  private let shares: [Double]

  /// - Parameters:
  ///   - scores: ascending.
  ///   - nodes: strictly ascending, at least one.
  init(scores: [Double], nodes: [Double]) {
    precondition(!nodes.isEmpty, "there is nothing to spread over")
    nodeCount = nodes.count
    var starts = [0]
    var shares = Array(repeating: 0.0, count: scores.count)
    var above = 0
    for (index, score) in scores.enumerated() {
      while above < nodes.count && score >= nodes[above] {
        starts.append(index)
        above += 1
      }
      if above == 0 {
        shares[index] = 1
      } else if above < nodes.count {
        shares[index] = (score - nodes[above - 1]) / (nodes[above] - nodes[above - 1])
      }
    }
    while starts.count < nodes.count + 2 { starts.append(scores.count) }
    self.starts = starts
    self.shares = shares
  }

  /// Adds `sign` times the entries' values to the nodes.
  func add(_ values: [Double], times sign: Double = 1, to nodes: inout [Double]) {
    precondition(values.count == shares.count && nodes.count == nodeCount)
    for above in 0...nodeCount where starts[above] < starts[above + 1] {
      let (all, upper) = sums(values, starts[above], starts[above + 1])
      if above > 0 { nodes[above - 1] += sign * (all - upper) }
      if above < nodeCount { nodes[above] += sign * upper }
    }
  }

  /// The sum of some entries' values, and of their parts above. Four running sums each: one would wait
  /// for its own last addition.
  private func sums(_ values: [Double], _ start: Int, _ end: Int) -> (Double, Double) {
    var (all, upper) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    var index = start
    while index + 4 <= end {
      let value = SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3])
      let share = SIMD4(shares[index], shares[index + 1], shares[index + 2], shares[index + 3])
      all += value
      upper += value * share
      index += 4
    }
    var (sum, part) = (all.sum(), upper.sum())
    while index < end {
      sum += values[index]
      part += values[index] * shares[index]
      index += 1
    }
    return (sum, part)
  }

  /// Calls `body` with every entry and the value that linear interpolation between nodes gives it.
  func interpolate(_ nodes: [Double], _ body: (Int, Double) -> Void) {
    precondition(nodes.count == nodeCount)
    for above in 0...nodeCount {
      let low = nodes[max(above - 1, 0)]
      let rise = nodes[min(above, nodeCount - 1)] - low
      for index in starts[above]..<starts[above + 1] { body(index, low + shares[index] * rise) }
    }
  }
}

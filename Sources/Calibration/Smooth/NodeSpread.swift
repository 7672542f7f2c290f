// SPDX-License-Identifier: Apache-2.0

/// Entries of a sample spread over ascending nodes: each is shared by the nodes on its two sides in
/// inverse proportion to its distances, so that sums and first moments stay what they were.
///
/// Beyond the first and the last node all of an entry goes to that node. A smooth function summed over
/// nodes instead of entries is off by its second derivative times d(1−d)/2 on the scale of node
/// distances, d being the share.
struct NodeSpread: Sendable {
  /// Of an entry: the node below it, and what goes to the node above that one.
  struct Part: Sendable {
    var lower: Int
    var share: Double
  }

  let nodeCount: Int
  let parts: [Part]

  /// - Parameters:
  ///   - scores: ascending.
  ///   - nodes: strictly ascending, at least one.
  init(scores: [Double], nodes: [Double]) {
    precondition(!nodes.isEmpty, "there is nothing to spread over")
    nodeCount = nodes.count
    var above = 0
    parts = scores.map { score in
      while above < nodes.count && score >= nodes[above] { above += 1 }
      let lower = max(0, above - 1)
      guard above > 0, above < nodes.count else { return Part(lower: lower, share: 0) }
      return Part(
        lower: lower, share: (score - nodes[lower]) / (nodes[above] - nodes[lower]))
    }
  }

  /// The sums of the entries' values on the nodes.
  func sums(_ values: [Double]) -> [Double] {
    precondition(values.count == parts.count, "one value an entry is needed")
    var nodes = Array(repeating: 0.0, count: nodeCount + 1)
    for (part, value) in zip(parts, values) {
      nodes[part.lower] += value - value * part.share
      nodes[part.lower + 1] += value * part.share
    }
    return nodes.dropLast()
  }

  /// Adds the masses of a vector's positives to elements `lane`, `lane + stride`, … of `nodes`, one for
  /// each node and one behind them.
  func add(
    _ labels: LabelVectors, _ vector: Int, to nodes: inout [Double], lane: Int, stride: Int
  ) {
    precondition(nodes.count == (nodeCount + 1) * stride && lane < stride)
    var output = nodes.mutableSpan
    let (entries, masses, parts) = (labels.entries.span, labels.masses.span, parts.span)
    for place in labels.places(vector) {
      let (mass, part) = (masses[place], parts[Int(entries[place])])
      let (upper, index) = (mass * part.share, part.lower * stride + lane)
      output[index] += mass - upper
      output[index + stride] += upper
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The slices of one depth that can still have parts in the answer.
///
/// Slices are written as places of predicates, ascending; predicates are ordered by feature and value.
struct SearchLevel: Sendable {
  struct Node: Sendable {
    let predicates: [Int32]
    /// What was counted or, for a candidate, what its parents leave room for.
    var summary: SliceSummary
  }

  /// In lexicographic order.
  private(set) var nodes: [Node]

  init(_ nodes: [Node]) {
    self.nodes = nodes.sorted { $0.predicates.lexicographicallyPrecedes($1.predicates) }
  }

  /// The slices one predicate deeper of which all parents are here, each once, in lexicographic order.
  ///
  /// Two slices that differ in their last predicate only are joined; the other parents are looked up.
  ///
  /// - Parameters:
  ///   - features: by predicate.
  ///   - isPromising: whether a slice within these limits is worth the effort.
  func children(features: [Int], where isPromising: (SliceSummary) -> Bool) -> [Node] {
    let places = Dictionary(uniqueKeysWithValues: zip(nodes.map(\.predicates), nodes.indices))
    var children: [Node] = []
    for (place, first) in nodes.enumerated() {
      guard let last = first.predicates.last else { continue }
      for second in nodes[(place + 1)...] {
        guard second.predicates.dropLast() == first.predicates.dropLast() else { break }
        guard let added = second.predicates.last, features[Int(added)] != features[Int(last)]
        else { continue }
        var limits = first.summary.minima(second.summary)
        guard isPromising(limits) else { continue }
        let predicates = first.predicates + [added]
        guard let others = otherParents(predicates, places) else { continue }
        limits = others.reduce(limits) { $0.minima(nodes[$1].summary) }
        if isPromising(limits) { children.append(Node(predicates: predicates, summary: limits)) }
      }
    }
    return children
  }

  /// The places of the parents without one of the predicates before the last two; `nil` if one is missing.
  private func otherParents(_ predicates: [Int32], _ places: [[Int32]: Int]) -> [Int]? {
    var found: [Int] = []
    for left in predicates.indices.dropLast(2) {
      var parent = predicates
      parent.remove(at: left)
      guard let place = places[parent] else { return nil }
      found.append(place)
    }
    return found
  }
}

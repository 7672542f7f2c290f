// SPDX-License-Identifier: Apache-2.0

/// Which attribute values each cell is made of: one level an attribute.
public struct CellLayout: Sendable, Equatable {
  /// By cell, the level of every attribute. Levels are names: their order means nothing.
  public let levels: [[Int]]

  /// - Parameter levels: by cell, one level for every attribute.
  public init(_ levels: [[Int]]) {
    precondition(levels.allSatisfy { $0.count == levels.first?.count && !$0.isEmpty })
    self.levels = levels
  }

  /// How many attributes there are.
  public var attributes: Int { levels.first?.count ?? 0 }

  /// The slices of one depth that occur: at depth 1 each attribute value, at depth 2 each pair of
  /// values of two attributes, and so on; by attributes, then in the order of the levels.
  public func slices(depth: Int) -> [SliceTerm] {
    precondition(depth >= 1 && depth <= attributes)
    return Self.choices(of: depth, from: attributes).flatMap { chosen in
      var members: [[Int]: [Int]] = [:]
      for (cell, names) in levels.enumerated() {
        members[chosen.map { names[$0] }, default: []].append(cell)
      }
      return members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        .map { SliceTerm(attributes: chosen, levels: $0.key, cells: $0.value) }
    }
  }

  /// All ways to choose some of the first `count` numbers, ascending.
  private static func choices(of size: Int, from count: Int) -> [[Int]] {
    if size == 0 { return [[]] }
    return (size - 1..<max(count, size - 1)).flatMap { last in
      choices(of: size - 1, from: last).map { $0 + [last] }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

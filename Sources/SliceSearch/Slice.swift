// SPDX-License-Identifier: Apache-2.0

/// A conjunction of predicates on different features: the rows that fulfil all of them.
public struct Slice: Sendable, Hashable, Comparable {
  /// At least one, in the order of their features, no two of one feature.
  public let predicates: [SlicePredicate]

  /// - Parameter predicates: at least one, in any order, no two of one feature.
  public init(_ predicates: [SlicePredicate]) {
    self.predicates = predicates.sorted()
    precondition(!predicates.isEmpty, "a slice has a predicate")
    precondition(
      zip(self.predicates, self.predicates.dropFirst()).allSatisfy { $0.feature != $1.feature },
      "a slice has one predicate a feature")
  }

  /// How many predicates it has.
  public var depth: Int { predicates.count }

  /// Whether every predicate is also one of `other`, which has more of them: then every row of
  /// `other` is a row of this slice, whatever the table.
  public func isMoreGeneral(than other: Slice) -> Bool {
    depth < other.depth && predicates.allSatisfy(other.predicates.contains)
  }

  /// The more general slice first, then by predicates.
  public static func < (left: Self, right: Self) -> Bool {
    left.depth == right.depth
      ? left.predicates.lexicographicallyPrecedes(right.predicates) : left.depth < right.depth
  }
}

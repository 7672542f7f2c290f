// SPDX-License-Identifier: Apache-2.0

/// The condition that a feature has one of its values.
public struct SlicePredicate: Sendable, Hashable, Comparable {
  /// The place of the column among the features.
  public let feature: Int
  /// The code of the value.
  public let value: Int

  public init(feature: Int, value: Int) {
    self.feature = feature
    self.value = value
  }

  /// By feature, then by value.
  public static func < (left: Self, right: Self) -> Bool {
    (left.feature, left.value) < (right.feature, right.value)
  }
}

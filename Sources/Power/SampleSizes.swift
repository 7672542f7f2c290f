// SPDX-License-Identifier: Apache-2.0

/// How many independent rows each of two groups has; a formula's answer need not be whole.
public struct SampleSizes: Sendable, Equatable {
  /// Rows of the group that is compared.
  public var group: Double
  /// Rows of the reference that it is compared with.
  public var reference: Double

  public init(group: Double, reference: Double) {
    precondition(group > 0 && reference > 0)
    self.group = group
    self.reference = reference
  }

  /// The same number in both groups.
  public init(each: Double) {
    self.init(group: each, reference: each)
  }

  /// A group and a reference of `allocation` times its rows.
  public init(group: Double, allocation: Double) {
    self.init(group: group, reference: allocation * group)
  }

  /// The smaller of the two.
  public var smaller: Double { min(group, reference) }

  /// Both rounded up to whole rows.
  public var whole: SampleSizes {
    SampleSizes(group: Self.up(group), reference: Self.up(reference))
  }

  /// As many independent rows as these rows are worth at a design effect.
  public func divided(by effect: Double) -> SampleSizes {
    SampleSizes(group: group / effect, reference: reference / effect)
  }

  /// Rounding may have put a whole number a few last digits too high.
  static func up(_ value: Double) -> Double { (value * (1 - 1e-12)).rounded(.up) }
}

// SPDX-License-Identifier: Apache-2.0

/// A comparison of two groups whose true state is supposed, and what is to be established about it.
public protocol PowerDesign: Sendable {
  /// The two-sided critical value of the normal distribution, or of a family of comparisons: 1.96 for
  /// 95 % and one comparison.
  var critical: Double { get set }

  /// The probability of establishing it with so many independent rows, by a formula.
  func power(_ sizes: SampleSizes) -> Double
}

/// What is solved for lies between these.
public enum PowerLimits {
  /// No more rows than this are proposed for a group.
  public static let rows = 1e12
}

extension PowerDesign {
  /// The smallest sizes, not rounded, at which the power is reached; the reference has `allocation`
  /// times the group's rows. `nil` if no size up to `PowerLimits.rows` suffices.
  ///
  /// The power must not fall when the sizes grow.
  public func sizes(power target: Double, allocation: Double = 1) -> SampleSizes? {
    precondition(target > 0 && target < 1 && allocation > 0)
    return Search.first(in: 1e-3...PowerLimits.rows) { group in
      power(SampleSizes(group: group, allocation: allocation)) >= target
    }.map { SampleSizes(group: $0, allocation: allocation) }
  }

  /// The smallest number of rows, not rounded, of the group beside a reference of fixed size; `nil`
  /// where the reference is too small, whatever the group's size.
  public func groupSize(power target: Double, reference: Double) -> Double? {
    precondition(target > 0 && target < 1 && reference > 0)
    return Search.first(in: 1e-3...PowerLimits.rows) { group in
      power(SampleSizes(group: group, reference: reference)) >= target
    }
  }
}

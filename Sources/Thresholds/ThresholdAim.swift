// SPDX-License-Identifier: Apache-2.0

/// What a threshold is wanted for.
///
/// Thresholds that meet an aim are chosen and judged on the same rows: an exploration, whose result
/// has to be confirmed on others. A band holds at all thresholds at once, so that what it
/// establishes at the chosen one stands, on these rows' population and for this one curve; what is
/// only observed looks better than it is.
public enum ThresholdAim: Sendable, Equatable {
  /// Groups that differ by at most so much.
  case difference(metric: String, atMost: Double)
  /// A lowest group of at least such a share of the highest.
  case ratio(metric: String, atLeast: Double)
  /// A metric within limits.
  case metric(String, atLeast: Double?, atMost: Double?)
  /// By group the threshold at which a metric is as near as possible to a common value.
  case equal(metric: String)
  /// The least expected cost of wrong decisions.
  case leastCost
}

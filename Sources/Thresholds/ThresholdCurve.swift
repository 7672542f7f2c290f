// SPDX-License-Identifier: Apache-2.0

/// One metric, or the gap between groups in it, at every threshold of a grid.
///
/// The band holds at once over all thresholds that have one: with the confidence asked for, the
/// true curve lies within it everywhere.
public struct ThresholdCurve: Sendable, Equatable {
  /// By threshold; `nil` where the metric is not defined.
  public var values: [Double?]
  /// The lower limit of the band, at most the value.
  public var low: [Double?]
  /// The upper limit of the band, at least the value.
  public var high: [Double?]
  /// Why there is no value or no band at a threshold.
  public var reasons: [String?]
  /// How many standard errors wide the band is, on the scale of its limits; `nil` without a band.
  public var critical: Double?

  /// A curve without values.
  package init(thresholds: Int) {
    values = Array(repeating: nil, count: thresholds)
    low = values
    high = values
    reasons = Array(repeating: nil, count: thresholds)
  }
}

// SPDX-License-Identifier: Apache-2.0

/// A number that describes how a model does on a slice, as a function of a summary of that slice.
///
/// A metric never sees rows: per-row work happens once for every summary. Parameters, such as the
/// probability of a quantile, live in the value.
public protocol Metric<Summary>: Sendable {
  associatedtype Summary: Sendable

  /// The name in snake_case, as scikit-learn and fairlearn spell it: `true_positive_rate`.
  var id: String { get }
  /// The name that people read: `True positive rate`.
  var title: String { get }
  /// Other names that are accepted for it.
  var aliases: [String] { get }
  /// Formula, undefined case and source in a few sentences, printed by `evenhand metrics`.
  var definition: String { get }
  /// What the number means, in one sentence for a reader who is no statistician.
  var meaning: String { get }
  /// The values it can take.
  var range: ClosedRange<Double> { get }
  var direction: Direction { get }
  var comparison: Comparison { get }
  /// Whether the ideal value lies at the end of the range, so that no interval of resampled values
  /// can reach it (calibration errors, distances, ranges).
  var nullAtBoundary: Bool { get }

  /// The metric's value; never NaN and never a stand-in: what is not defined is thrown with its reason.
  func value(_ summary: Summary) throws(Undefined) -> Double

  /// How many rows (or how much weight) the value rests on: its denominator, the smaller one where it
  /// has two. Slices under the minimum are `insufficient`.
  func support(_ summary: Summary) -> Double

  /// What `support` counts, in the plural: `positives`.
  var supportName: String { get }
}

extension Metric {
  public var aliases: [String] { [] }
  public var comparison: Comparison { .difference }
  public var nullAtBoundary: Bool { false }
  public var supportName: String { "rows" }

  /// "1 positive", "4 positives": a number of what the metric rests on.
  public func supportText(_ count: Int) -> String {
    guard count == 1 else { return "\(count) \(supportName)" }
    let singular = ["positives": "positive", "negatives": "negative", "rows": "row"]
    let words = supportName.split(separator: " ").map { singular[String($0)] ?? String($0) }
    return "1 " + words.joined(separator: " ").replacing(" are ", with: " is ")
  }
}

/// Which way a metric improves.
public enum Direction: Sendable, Equatable {
  case higherIsBetter
  case lowerIsBetter
  /// Best at a given value, such as 1 for a calibration slope.
  case closer(to: Double)
  /// Neither good nor bad by itself, such as a selection rate.
  case descriptive
}

/// Which comparisons between slices make sense for a metric.
public enum Comparison: Sendable, Equatable {
  case none, difference, differenceAndRatio
}

/// Why a metric has no value here.
public struct Undefined: Error, Sendable, Equatable, CustomStringConvertible {
  public var reason: String

  public init(_ reason: String) {
    self.reason = reason
  }

  public var description: String { reason }
}

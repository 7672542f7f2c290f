// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandLinearAlgebra
import EvenhandMetrics

/// One metric on one slice, with what gaps need of it.
struct Estimate: Sendable {
  var status = Status.ok
  var reason: String?
  var value: Double?
  /// Of the value, on its own scale; never negative.
  var variance: Double?
  /// With the same metric on the slice's context, whose rows include the slice's.
  var covarianceWithContext: Double?
  /// The same three for the logarithm of the (smoothed) value, where ratios are taken.
  var logarithm: Logarithm?
  /// Rows that the value rests on.
  var support = 0.0
  var numerator: Double?
  var denominator: Double?
  var interval: ReportedInterval?
  var intervalReason: String?
  var nullReference: NullReference?

  struct Logarithm: Sendable {
    var value: Double
    var variance: Double
    var covarianceWithContext: Double
  }

  /// Whether the slice takes part in gaps.
  var isComparable: Bool { status == .ok && varies }

  /// Whether the variance is more than rounding; without variation nothing can be inferred.
  var varies: Bool {
    guard let value, let variance else { return false }
    return variance > 1e-18 * value * value && variance.isFinite
  }

  static func undefined(_ reason: String, support: Double = 0) -> Estimate {
    var result = Estimate()
    result.status = .undefined
    result.reason = reason
    result.support = support
    return result
  }

  /// Marks a value that rests on fewer of what its metric counts than the minimum.
  mutating func requireSupport(_ minimum: Int, _ metric: any Metric) {
    guard status == .ok, support < Double(minimum) else { return }
    status = .insufficient
    // Weighted rows count by their number, which is whole.
    reason = "rests on \(metric.supportText(Int(support))), fewer than \(minimum)"
  }
}

/// One metric of one model on all slices.
struct MetricEstimates: Sendable {
  var metric: any Metric
  /// `nil`: a property of the data.
  var model: Int?
  /// By slice.
  var estimates: [Estimate]
  /// For clustered rows, by grouping: the joint covariance of its members and, last, its context.
  var joint: [Matrix] = []
  /// For clustered rows, by slice: clusters − 1; infinite otherwise.
  var degreesOfFreedom: [Double] = []

  func degrees(_ slice: Int) -> Double {
    degreesOfFreedom.isEmpty ? .infinity : degreesOfFreedom[slice]
  }

  func isComparable(_ slice: Int) -> Bool { estimates[slice].isComparable }
}

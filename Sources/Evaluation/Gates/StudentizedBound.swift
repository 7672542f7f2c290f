// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// A value with its standard error, from which limits of any level follow.
package struct StudentizedBound: Sendable, Equatable {
  package enum Form: Sendable, Equatable {
    /// One slice's value, on the scale of the metric's range.
    case value(ClosedRange<Double>)
    /// A difference, which is never larger than the width.
    case difference(width: Double)
    /// A ratio; the standard error is of its logarithm.
    case ratio
  }

  package var value: Double
  package var standardError: Double
  /// Of Student's t; infinite for the normal distribution.
  package var degreesOfFreedom: Double
  package var form: Form

  package init(
    value: Double, standardError: Double, degreesOfFreedom: Double = .infinity, form: Form
  ) {
    self.value = value
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    self.form = form
  }

  package var method: String { degreesOfFreedom.isFinite ? "student_t" : "normal" }

  package func interval(confidence: Double) -> (low: Double, high: Double)? {
    interval(
      critical: StudentT.quantile((1 + confidence) / 2, degreesOfFreedom: degreesOfFreedom))
  }

  /// Limits so many standard errors away; `nil` without variation.
  package func interval(critical: Double) -> (low: Double, high: Double)? {
    guard value.isFinite, standardError > 0, standardError.isFinite, critical.isFinite else {
      return nil
    }
    let scale: Scale
    var (lowest, highest) = (-Double.infinity, Double.infinity)
    switch form {
    case .value(let range): scale = IntervalRule.scale(of: range)
    case .difference(let width): (scale, lowest, highest) = (.identity, -width, width)
    case .ratio:
      guard value > 0 else { return nil }
      let reach = Scale.logarithm.inverse(critical * standardError)
      return (value / reach, value * reach)
    }
    let limits = scale.interval(value: value, standardError: standardError, critical: critical)
    guard limits.low < limits.high else { return nil }
    return (max(lowest, min(limits.low, value)), min(highest, max(limits.high, value)))
  }

  /// The range that decides the scale: narrowed to [0, 1] for the mean of probabilities.
  package static func range(_ metric: any Metric, modelKind: String?) -> ClosedRange<Double> {
    metric.id == MeanScore().id && modelKind == "probability" ? 0...1 : metric.range
  }
}

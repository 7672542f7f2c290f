// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// A contrast with its limits on the gap's own scale, a difference or a ratio.
struct JudgedContrast: Sendable {
  var contrast: Contrast
  var isRatio: Bool
  var low: Double
  /// +∞ where a ratio has no upper limit.
  var high: Double
  /// The critical value at which the interval touches "no gap".
  var t: Double
  /// How far a limit moves when the critical value does, on the scale of differences or logarithms;
  /// 0 where the critical value has no Monte-Carlo error.
  var standardError: Double

  /// The distance from "no gap" that is established, and the largest that is possible: of differences
  /// or of logarithms.
  var nearest: Double {
    let limits = onContrastScale
    return max(0, limits.low, -limits.high)
  }
  var farthest: Double {
    let limits = onContrastScale
    return max(limits.low.magnitude, limits.high.magnitude)
  }

  private var onContrastScale: (low: Double, high: Double) {
    isRatio ? (Double.log(low), Double.log(high)) : (low, high)
  }
}

extension CriticalValue {
  /// The contrast's interval at this critical value.
  func judge(_ contrast: Contrast, _ estimates: MetricEstimates, width: Double) -> JudgedContrast {
    if let method, let own = estimates.estimates[contrast.slice].proportion,
      let other = estimates.estimates[contrast.reference].proportion
    {
      let interval = method.interval(own, other, critical: value)
      return JudgedContrast(
        contrast: contrast, isRatio: family.isRatio, low: interval.low, high: interval.high,
        t: method.statistic(own, other), standardError: 0)
    }
    let reach = value * contrast.standardError
    let (low, high) = (contrast.distance - reach, contrast.distance + reach)
    return JudgedContrast(
      contrast: contrast, isRatio: family.isRatio,
      low: family.isRatio ? Double.exp(low) : min(max(low, -width), width),
      high: family.isRatio ? Double.exp(high) : min(max(high, -width), width), t: contrast.t,
      standardError: contrast.standardError)
  }
}

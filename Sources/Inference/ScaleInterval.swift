// SPDX-License-Identifier: Apache-2.0
import RealModule

extension Scale {
  /// The interval g⁻¹(g(value) ± critical · g′(value) · standardError).
  ///
  /// See `interval(value:standardError:lower:upper:)` for the rule at the ends of the range.
  public func interval(value: Double, standardError: Double, critical: Double) -> Interval {
    interval(value: value, standardError: standardError, lower: critical, upper: critical)
  }

  /// The interval with its own critical value on each side:
  /// low = g⁻¹(g(T) − lower · g′(T) · se), high = g⁻¹(g(T) + upper · g′(T) · se).
  ///
  /// Within one standard error of an end of the range the transformation breaks down. There each
  /// limit runs linearly from where it is at one standard error to where the score test puts it
  /// when nothing but the end was seen: the end itself, and Wilson's limit of 0 successes,
  /// c²/(n + c²), in n = (1 − se)/se trials (c² se for a logarithm). So an estimate of exactly 1
  /// with se = 0.03 has [0.894, 1] at 95 %. The limits are continuous in the value, which always
  /// lies between them.
  ///
  /// - Parameters:
  ///   - value: within the range, of which rounding errors up to 1e-9 are forgiven.
  ///   - standardError: positive, not transformed; smoothed, so that it is not 0 at an end.
  public func interval(
    value: Double, standardError: Double, lower: Double, upper: Double
  ) -> Interval {
    precondition(standardError > 0 && standardError.isFinite && value.isFinite)
    switch self {
    case .identity:
      return around(value, value - lower * standardError, value + upper * standardError)
    case .logit:
      precondition(value >= -1e-9 && value <= 1 + 1e-9)
      return unit(min(1, max(0, value)), standardError, lower, upper)
    case .fisherZ:
      precondition(value >= -1 - 1e-9 && value <= 1 + 1e-9)
      // artanh x is half the logit of (1 + x)/2: the same interval on another ruler.
      let share = unit(min(1, max(0, (1 + value) / 2)), standardError / 2, lower, upper)
      return around(min(1, max(-1, value)), 2 * share.low - 1, 2 * share.high - 1)
    case .logarithm:
      precondition(value >= -1e-9)
      return ratio(max(0, value), standardError, lower, upper)
    }
  }

  private func unit(
    _ value: Double, _ error: Double, _ lower: Double, _ upper: Double
  ) -> Interval {
    if value > 0.5 {
      let mirrored = unit(1 - value, error, upper, lower)
      return around(value, 1 - mirrored.high, 1 - mirrored.low)
    }
    let edge = min(error, 0.5)
    let inner = max(value, edge)
    let odds = inner / (1 - inner)
    let slope = error / (inner * (1 - inner))
    func limit(_ critical: Double) -> Double {
      1 / (1 + Double.exp(-critical * slope) / odds)
    }
    let square = max(0, upper) * max(0, upper)
    let atEnd = square * edge / (1 - edge + square * edge)
    let weight = min(1, value / edge)
    return around(
      value, weight * limit(-lower), (1 - weight) * atEnd + weight * limit(upper))
  }

  private func ratio(
    _ value: Double, _ error: Double, _ lower: Double, _ upper: Double
  ) -> Interval {
    let inner = max(value, error)
    let slope = error / inner
    let atEnd = max(0, upper) * max(0, upper) * error
    let weight = min(1, value / error)
    return around(
      value, weight * inner * Double.exp(-lower * slope),
      (1 - weight) * atEnd + weight * inner * Double.exp(upper * slope))
  }

  /// One-sided critical values may have the same sign: the value still belongs to its interval.
  private func around(_ value: Double, _ low: Double, _ high: Double) -> Interval {
    Interval(low: min(value, low), high: max(value, high))
  }
}

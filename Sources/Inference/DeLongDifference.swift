// SPDX-License-Identifier: Apache-2.0

/// The difference of two areas under the curve, of disjoint groups or of two models on the same
/// rows.
///
/// Variances add for disjoint groups; on the same rows twice the covariance
/// Σ aᵢbᵢ / (m(m−1)) + Σ aⱼbⱼ / (n(n−1)) of the influence values is taken off.
///
/// Source: DeLong, DeLong & Clarke-Pearson 1988, doi:10.2307/2531595.
public struct DeLongDifference: Sendable {
  /// The first area less the second.
  public let value: Double
  /// DeLong's unbiased variance of it; 0 when the classes do not overlap or two models rank all
  /// rows alike, nil when a class has a single member.
  public let variance: Double?
  /// Its standard error from the areas' smoothed variances, with the correlation that DeLong's
  /// have (none where one is 0): √variance wherever the smoothing changes nothing.
  ///
  /// Always positive: never below 1/(mn) on the same rows, the change of one pair's order.
  public let standardError: Double

  /// value / standardError, standard normal for equal areas.
  public var statistic: Double { value / standardError }

  /// P(|Z| ≥ |statistic|), never below `PValue.smallest`.
  public var pValue: Double { PValue.twoSided(statistic) }

  /// value ± critical · standardError, within [−1, 1]: it touches 0 at critical = |statistic|.
  public func interval(critical: Double) -> Interval {
    precondition(critical > 0 && critical.isFinite)
    let around = Scale.identity.interval(
      value: value, standardError: standardError, critical: critical)
    return Interval(low: max(-1, around.low), high: min(1, around.high))
  }
}

extension DeLong {
  /// The difference of the first area less the second.
  ///
  /// - Parameter isPaired: whether both are of the same rows, given in the same order: two models'
  ///   scores; otherwise of disjoint groups.
  public static func difference(
    _ sample: DeLong, _ reference: DeLong, isPaired: Bool
  ) -> DeLongDifference {
    let covariance = isPaired ? covariance(sample, reference) : 0
    let first = sample.smoothedVariance
    let second = reference.smoothedVariance
    var smoothed = first + second
    if isPaired {
      let product = sample.spread * reference.spread
      let correlation = product > 0 ? min(1, max(-1, covariance / product.squareRoot())) : 0
      let pairs = Double(sample.positiveInfluence.count * sample.negativeInfluence.count)
      smoothed = max(
        1 / (pairs * pairs), smoothed - 2 * correlation * (first * second).squareRoot())
    }
    var variance: Double?
    if let one = sample.variance, let other = reference.variance {
      variance = max(0, one + other - 2 * covariance)
    }
    return DeLongDifference(
      value: sample.auc - reference.auc, variance: variance, standardError: smoothed.squareRoot())
  }

  /// The interval on the logit scale from the smoothed variance: within [0, 1], around the area,
  /// never of zero width.
  public func interval(critical: Double) -> Interval {
    Scale.logit.interval(
      value: auc, standardError: smoothedVariance.squareRoot(), critical: critical)
  }

  /// The covariance of the areas of two models on the same rows.
  private static func covariance(_ first: DeLong, _ second: DeLong) -> Double {
    covariance(first.positiveInfluence, second.positiveInfluence)
      + covariance(first.negativeInfluence, second.negativeInfluence)
  }
}

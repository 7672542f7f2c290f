// SPDX-License-Identifier: Apache-2.0

/// A metric of scores that is a ratio of two sums over rows: a mean score, a mean loss, their ratio.
public protocol ProbabilityMetric: Metric where Summary == ScoreMoments {
  /// The place in `ScoreMoments.sums` of the sum above and of the sum below the line.
  var numerator: Int { get }
  var denominator: Int { get }
  var emptyReason: String { get }
  /// Whether the metric has a meaning only where the score is a probability.
  var needsProbability: Bool { get }
}

extension ProbabilityMetric {
  public var needsProbability: Bool { true }
  public var emptyReason: String { "no \(supportName)" }

  public func value(_ moments: ScoreMoments) throws(Undefined) -> Double {
    let below = moments.sums[denominator]
    guard below > 0 else { throw Undefined(emptyReason) }
    // Sums of weights in another order may differ in their last bit.
    return min(max(moments.sums[numerator] / below, range.lowerBound), range.upperBound)
  }

  /// The derivatives of the value by each sum.
  public func gradient(_ moments: ScoreMoments) throws(Undefined) -> SIMD8<Double> {
    let ratio = try value(moments)
    let below = moments.sums[denominator]
    var result = SIMD8<Double>()
    result[numerator] = 1 / below
    result[denominator] = -ratio / below
    return result
  }

  public func support(_ moments: ScoreMoments) -> Double { moments.sums[denominator] }
}

// SPDX-License-Identifier: Apache-2.0

/// Two proportions of the same rows, such as the rates of two models: the second less the first.
///
/// All that counts of n rows is how many are counted by one of the two only; the difference is
/// (second only − first only) / n.
public struct PairedProportions: Sendable, Equatable {
  /// Rows that the first counts and the second does not.
  public let firstOnly: Double
  /// Rows that the second counts and the first does not.
  public let secondOnly: Double
  /// All rows.
  public let pairs: Double

  /// - Parameters:
  ///   - firstOnly: not negative.
  ///   - secondOnly: not negative.
  ///   - pairs: positive and at least the sum of the others.
  public init(firstOnly: Double, secondOnly: Double, pairs: Double) {
    precondition(firstOnly >= 0 && secondOnly >= 0 && pairs > 0 && pairs.isFinite)
    precondition(firstOnly + secondOnly <= pairs)
    self.firstOnly = firstOnly
    self.secondOnly = secondOnly
    self.pairs = pairs
  }

  /// The second proportion less the first.
  public var difference: Double { (secondOnly - firstOnly) / pairs }

  /// The variance of the difference after one more row of either kind: never 0.
  ///
  /// Source: Bonett & Price 2012, doi:10.3102/1076998611411915.
  public var smoothedVariance: Double {
    let n = pairs + 2
    let (first, second) = ((firstOnly + 1) / n, (secondOnly + 1) / n)
    return (first + second - (second - first) * (second - first)) / n
  }

  /// Tango's score interval of the difference, never of zero width: all Δ with
  /// |x − y − nΔ| ≤ critical · √(n(2q + Δ(1 − Δ))), x and y the rows that only the second and only the
  /// first counts, q the most likely share of the latter if the difference is Δ.
  ///
  /// The critical value is a normal quantile, or that of a family of simultaneous intervals.
  ///
  /// Source: Tango 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B.
  public func interval(critical: Double) -> Interval {
    precondition(critical > 0 && critical.isFinite)
    let low = lower(secondOnly, firstOnly, critical)
    let high = -lower(firstOnly, secondOnly, critical)
    return Interval(low: min(low, difference), high: max(high, difference))
  }

  /// The score interval with Student's t for the rows, less one, in place of the normal quantile: what
  /// normal limits miss where rows are some dozens. Below ten rows as for ten.
  public func interval(confidence: Double) -> Interval {
    interval(
      critical: StudentT.quantile((1 + confidence) / 2, degreesOfFreedom: max(9, pairs - 1)))
  }

  /// The lower limit of (more − less)/n.
  private func lower(_ more: Double, _ less: Double, _ critical: Double) -> Double {
    let estimate = (more - less) / pairs
    let distance = Root.ofIncreasing(between: 0, and: estimate + 1) { distance in
      let delta = max(-1, estimate - distance)
      let share = Self.share(more, less, pairs, delta)
      let variance = max(0, 2 * share + delta * (1 - delta)) / pairs
      let allowed = critical * variance.squareRoot()
      return distance == 0 ? -1 : (distance - allowed) / (distance + allowed)
    }
    return max(-1, estimate - distance)
  }

  /// The most likely share of the rows that only the lesser counts, if the difference is `delta`: the
  /// larger root of the score equation a q² + b q + c = 0.
  private static func share(_ more: Double, _ less: Double, _ n: Double, _ delta: Double) -> Double
  {
    let a = 2 * n
    let b = -more - less + (2 * n - more + less) * delta
    let c = -less * delta * (1 - delta)
    let root = max(0, b * b - 4 * a * c).squareRoot()
    // For b > 0 the usual form takes the difference of two nearly equal numbers.
    let share = b > 0 ? -2 * c / (b + root) : (root - b) / (2 * a)
    return min(max(share, 0, -delta), 1)
  }

  /// McNemar's exact two-sided p-value: rows that only one counts are as likely to be either's.
  public var exactPValue: Double { PValue.bounded(2 * lesserTail.cumulative) }

  /// The same with half the probability of what was seen, which is nearer its level.
  ///
  /// Source: Fagerland, Lydersen & Laake 2013, doi:10.1186/1471-2288-13-91.
  public var midPValue: Double {
    let (cumulative, density) = lesserTail
    if firstOnly == secondOnly { return 1 - density / 2 }
    return PValue.bounded(2 * cumulative - density)
  }

  /// P(X ≤ k) and P(X = k) of the smaller number k among all that only one counts, each with
  /// probability ½.
  private var lesserTail: (cumulative: Double, density: Double) {
    let (k, m) = (min(firstOnly, secondOnly), firstOnly + secondOnly)
    func upTo(_ k: Double) -> Double {
      k < 0 ? 0 : k >= m ? 1 : Beta.cumulative(0.5, alpha: m - k, beta: k + 1)
    }
    let cumulative = upTo(k)
    return (cumulative, cumulative - upTo(k - 1))
  }
}

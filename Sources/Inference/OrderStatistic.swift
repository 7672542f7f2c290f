// SPDX-License-Identifier: Apache-2.0

/// Distribution-free intervals of a population quantile.
///
/// The number of values below the quantile is Binomial(n, q) whatever the distribution.
/// Conservative; with ties even more so.
///
/// Source: David & Nagaraja 2003, "Order Statistics", section 7.1.
public struct OrderStatistic: Sendable {
  /// The 1-based ranks, in ascending order of values, of the limits of the equal-tailed interval;
  /// nil when so few values cannot reach the confidence on one of the sides.
  public static func ranks(
    count: Int, quantile: Double, confidence: Double
  ) -> (low: Int, high: Int)? {
    precondition(count >= 0 && quantile > 0 && quantile < 1)
    precondition(confidence > 0 && confidence < 1)
    let tail = (1 - confidence) / 2
    let low = lastRank(count: count, quantile: quantile, tail: tail)
    let mirrored = lastRank(count: count, quantile: 1 - quantile, tail: tail)
    return low == 0 || mirrored == 0 ? nil : (low, count + 1 - mirrored)
  }

  /// The highest rank r whose value exceeds the quantile with a probability within the tail,
  /// P(Binomial(n, q) ≤ r − 1) ≤ tail; 0 when there is none.
  private static func lastRank(count: Int, quantile: Double, tail: Double) -> Int {
    var low = 0
    var high = count
    while low < high {
      let rank = (low + high + 1) / 2
      let probability = Beta.cumulative(
        quantile, complement: 1 - quantile, alpha: Double(rank), beta: Double(count - rank + 1))
      // P(Binomial(n, q) ≤ r − 1) = 1 − I_q(r, n − r + 1)
      if 1 - probability <= tail { low = rank } else { high = rank - 1 }
    }
    return low
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Jeffreys's interval of a proportion: the equal tails of Beta(x + ½, n − x + ½).
///
/// The posterior under Jeffreys's prior, used for its coverage, which is near nominal on average.
/// The lower limit is 0 at x = 0 and the upper limit is 1 at x = n, without which the coverage
/// would fall to 0 at the ends. At confidences below about ½ the tails may both lie on one side
/// of x/n; then the interval is extended to contain it.
///
/// Source: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286, section 4.1.2.
public struct Jeffreys: Sendable {
  /// The interval of x successes in n > 0 trials; x in [0, n] need not be whole.
  public static func interval(successes: Double, trials: Double, confidence: Double) -> Interval {
    precondition(confidence > 0 && confidence < 1)
    let proportion = Proportion(successes: successes, trials: trials)
    let tail = (1 - confidence) / 2
    let alpha = successes + 0.5
    let beta = proportion.failures + 0.5
    let low = successes == 0 ? 0 : Beta.quantile(tail, alpha: alpha, beta: beta)
    let high = proportion.failures == 0 ? 1 : Beta.quantile(1 - tail, alpha: alpha, beta: beta)
    return Interval(low: min(proportion.value, low), high: max(proportion.value, high))
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Clopper and Pearson's exact interval of a proportion.
///
/// Both tails of the binomial distribution are at most (1 − confidence)/2: the coverage is never
/// below nominal, whatever the proportion. Limits are beta quantiles B(x, n−x+1), B(x+1, n−x).
///
/// Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
public struct ClopperPearson: Sendable {
  /// The interval of x successes in n > 0 trials; x in [0, n] need not be whole.
  public static func interval(successes: Double, trials: Double, confidence: Double) -> Interval {
    precondition(trials > 0 && successes >= 0 && successes <= trials)
    precondition(confidence > 0 && confidence < 1)
    let tail = (1 - confidence) / 2
    let failures = trials - successes
    return Interval(
      low: successes == 0 ? 0 : Beta.quantile(tail, alpha: successes, beta: failures + 1),
      high: failures == 0 ? 1 : Beta.quantile(1 - tail, alpha: successes + 1, beta: failures))
  }
}

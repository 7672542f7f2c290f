// SPDX-License-Identifier: Apache-2.0

/// An interval found by resampling and how well its limits are settled by the replicates at hand.
public struct BootstrapInterval: Sendable, Equatable {
  /// The interval.
  public let interval: Interval

  /// The standard error of each limit that is due to the number of replicates being finite: what
  /// another seed would change, not what another sample would.
  ///
  /// A limit is an order statistic of rank r = (B + 1) p. The number of replicates below the true
  /// quantile is Binomial(B, p), so the rank is uncertain by √(B p (1 − p)), and the limit by half
  /// the distance between the order statistics that many ranks below and above. Ranks outside
  /// 1 … B are clamped and the distance is scaled up for it. 0 among ties; +∞ when B is too small
  /// for the rank to exist and the outermost replicate stands in for it.
  ///
  /// Source: the binomial argument of David & Nagaraja 2003, "Order Statistics", section 7.1.
  public let monteCarloError: (low: Double, high: Double)

  /// An interval with the Monte-Carlo error of each limit.
  public init(interval: Interval, monteCarloError: (low: Double, high: Double)) {
    precondition(monteCarloError.low >= 0 && monteCarloError.high >= 0)
    self.interval = interval
    self.monteCarloError = monteCarloError
  }

  public static func == (a: BootstrapInterval, b: BootstrapInterval) -> Bool {
    a.interval == b.interval && a.monteCarloError == b.monteCarloError
  }
}

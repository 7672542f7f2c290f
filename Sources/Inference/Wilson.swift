// SPDX-License-Identifier: Apache-2.0

/// Wilson's score interval of a proportion: all π with |x/n − π| ≤ z √(π (1 − π) / n).
///
/// Never of zero width, always around x/n, exactly 0 at x = 0 and exactly 1 at x = n.
///
/// Source: Wilson 1927, doi:10.1080/01621459.1927.10502953; Newcombe 1998,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.
public struct Wilson: Sendable {
  /// The interval of x successes in n > 0 trials; x in [0, n] need not be whole.
  public static func interval(successes: Double, trials: Double, confidence: Double) -> Interval {
    interval(
      Proportion(successes: successes, trials: trials),
      critical: Normal.critical(confidence: confidence))
  }

  /// The interval for a critical value z > 0: a normal quantile, or that of a family.
  public static func interval(_ proportion: Proportion, critical z: Double) -> Interval {
    precondition(z > 0 && z.isFinite)
    let (x, y) = (proportion.successes, proportion.failures)
    return Interval(
      low: min(proportion.value, lower(x, y, z)), high: max(proportion.value, upper(x, y, z)))
  }

  private static func upper(_ successes: Double, _ failures: Double, _ z: Double) -> Double {
    if failures == 0 { return 1 }
    let n = successes + failures
    let root = (successes * failures / n + z * z / 4).squareRoot()
    return (successes + z * z / 2 + z * root) / (n + z * z)
  }

  /// The product of both limits is p² / (1 + z²/n): no digits lost near 0, exactly 0 at 0.
  private static func lower(_ successes: Double, _ failures: Double, _ z: Double) -> Double {
    let n = successes + failures
    let root = (successes * failures / n + z * z / 4).squareRoot()
    return successes * (successes / n) / (successes + z * z / 2 + z * root)
  }
}

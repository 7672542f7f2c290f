// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// Coverage computed over all outcomes, not sampled.
enum Enumeration {
  /// P(X = x) for X ~ Binomial(n, p).
  static func probability(_ x: Int, of n: Int, rate p: Double) -> Double {
    let (x, n) = (Double(x), Double(n))
    let choices = Double.logGamma(n + 1) - Double.logGamma(x + 1) - Double.logGamma(n - x + 1)
    return Double.exp(choices + x * Double.log(p) + (n - x) * Double.log(onePlus: -p))
  }

  /// Σ P(X = x) over the x whose interval contains the rate.
  static func coverage(of intervals: [Interval], at rate: Double) -> Double {
    intervals.indices.reduce(0) { sum, x in
      intervals[x].low <= rate && rate <= intervals[x].high
        ? sum + probability(x, of: intervals.count - 1, rate: rate) : sum
    }
  }

  /// The same for an interval of two counts at a pair of rates.
  static func coverage(
    trials: (Int, Int), rates: (Double, Double), truth: Double,
    interval: (Double, Double) -> Interval
  ) -> Double {
    var sum = 0.0
    for x in 0...trials.0 {
      for y in 0...trials.1 {
        let limits = interval(Double(x), Double(y))
        if limits.low <= truth && truth <= limits.high {
          sum +=
            probability(x, of: trials.0, rate: rates.0)
            * probability(y, of: trials.1, rate: rates.1)
        }
      }
    }
    return sum
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// Fisher's exact test in one direction: how probable as many marked units, or more, are.
///
/// P(X ≥ x) of the number X of marked units among `draws` drawn without replacement from `total`, `marked`
/// of which are marked. Whole counts; cost O(√total).
///
/// Source: Fisher 1934; Agresti 2013, "Categorical Data Analysis", section 3.5.
enum HypergeometricTail {
  static func upper(_ x: Int, draws: Int, marked: Int, total: Int) -> Double {
    precondition(draws >= 0 && marked >= 0 && draws <= total && marked <= total)
    let (least, most) = (max(0, draws + marked - total), min(draws, marked))
    if x <= least { return 1 }
    if x > most { return PValue.smallest }
    let mean = Double(draws) * Double(marked) / Double(total)
    // The tail that does not hold the mean is summed, away from the mean.
    let probability =
      Double(x) > mean
      ? sum(from: x, to: most, draws, marked, total)
      : 1 - sum(from: x - 1, to: least, draws, marked, total)
    return min(1, max(PValue.smallest, probability))
  }

  /// P(first) + … + P(last), terms falling, as far as they matter.
  private static func sum(
    from first: Int, to last: Int, _ draws: Int, _ marked: Int, _ total: Int
  ) -> Double {
    let step = first <= last ? 1 : -1
    var (x, term, sum) = (first, 1.0, 1.0)
    while x != last && term > 1e-18 * sum {
      // P(x + 1)/P(x), or P(x − 1)/P(x), by the four cells of the table.
      let (inside, missed) = (Double(x), Double(marked - x))
      let (clean, others) = (Double(draws - x), Double(total - marked - draws + x))
      term *=
        step > 0
        ? missed * clean / ((inside + 1) * (others + 1))
        : inside * others / ((missed + 1) * (clean + 1))
      sum += term
      x += step
    }
    return sum * Double.exp(logMass(first, draws, marked, total))
  }

  private static func logMass(_ x: Int, _ draws: Int, _ marked: Int, _ total: Int) -> Double {
    logChoose(marked, x) + logChoose(total - marked, draws - x) - logChoose(total, draws)
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    Double.logGamma(Double(n + 1)) - Double.logGamma(Double(k + 1))
      - Double.logGamma(Double(n - k + 1))
  }
}

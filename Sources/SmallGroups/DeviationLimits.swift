// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Limits of a slice's deviation from overall without replicates.
///
/// The deviation is ε = (1 − P)(p_G − p_R), R the rows outside the slice. The difference of the two
/// independent rates gets limits by square and add from their Clopper–Pearson limits l and u,
///
///     low  = p_G − p_R − √((p_G − l_G)² + (u_R − p_R)²),
///     high = p_G − p_R + √((u_G − p_G)² + (p_R − l_R)²),
///
/// and the share P is taken as known: its error moves ε by (p_G − p_R) √(P (1 − P) / n), little
/// where the slice is small.
///
/// Source: square and add, Zou & Donner 2008, doi:10.1002/sim.3095; Newcombe 1998,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
package enum DeviationLimits {
  /// The limits at a pointwise level.
  ///
  /// - Parameters:
  ///   - slice: rows in the slice, at least one.
  ///   - rest: rows outside it, at least one.
  package static func interval(
    slice: Proportion, rest: Proportion, confidence: Double
  ) -> Interval {
    let own = clopperPearson(slice, confidence)
    let other = clopperPearson(rest, confidence)
    let difference = slice.value - rest.value
    let down = length(slice.value - own.low, other.high - rest.value)
    let up = length(own.high - slice.value, rest.value - other.low)
    let outside = rest.trials / (slice.trials + rest.trials)
    return Interval(
      low: max(-1, outside * (difference - down)), high: min(1, outside * (difference + up)))
  }

  private static func clopperPearson(_ rate: Proportion, _ confidence: Double) -> Interval {
    ClopperPearson.interval(
      successes: rate.successes, trials: rate.trials, confidence: confidence)
  }

  private static func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
}

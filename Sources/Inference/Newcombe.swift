// SPDX-License-Identifier: Apache-2.0

/// Newcombe's hybrid score interval of the difference of two independent proportions.
///
/// Method 10: with d = p₁ − p₂ and Wilson limits l, u of each,
/// low = d − √((p₁ − l₁)² + (u₂ − p₂)²), high = d + √((u₁ − p₁)² + (p₂ − l₂)²).
///
/// Source: Newcombe 1998,
/// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
public struct Newcombe: Sendable {
  /// The interval of p₁ − p₂, the reference being the second; within [−1, 1].
  ///
  /// The critical value is a normal quantile, or that of a family of simultaneous intervals
  /// (Agresti et al. 2008, doi:10.1111/j.1541-0420.2008.00990.x).
  public static func difference(
    _ sample: Proportion, _ reference: Proportion, critical: Double
  ) -> Interval {
    Interval(
      low: lower(sample, reference, critical), high: -lower(reference, sample, critical))
  }

  /// The critical value at which the interval touches 0; 0 when the proportions are equal.
  public static func statistic(_ sample: Proportion, _ reference: Proportion) -> Double {
    let difference = sample.value - reference.value
    if difference == 0 { return 0 }
    if difference < 0 { return statistic(reference, sample) }
    var reach = 1.0
    while length(sample, reference, reach) < difference { reach *= 2 }
    return Root.ofIncreasing(between: 0, and: reach) { critical in
      critical == 0 ? -difference : length(sample, reference, critical) - difference
    }
  }

  private static func lower(
    _ sample: Proportion, _ reference: Proportion, _ critical: Double
  ) -> Double {
    max(-1, sample.value - reference.value - length(sample, reference, critical))
  }

  /// √((p₁ − l₁)² + (u₂ − p₂)²), which grows with the critical value.
  private static func length(
    _ sample: Proportion, _ reference: Proportion, _ critical: Double
  ) -> Double {
    let down = sample.value - Wilson.interval(sample, critical: critical).low
    let up = Wilson.interval(reference, critical: critical).high - reference.value
    return (down * down + up * up).squareRoot()
  }
}

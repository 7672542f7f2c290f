// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandPower
import EvenhandSampling

extension SimulatedDesign {
  private static let z = Normal.critical(confidence: confidence)

  static let all = differences + claims + families + others

  /// Rates that differ: Newcombe's interval with t excludes 0.
  private static let differences: [SimulatedDesign] =
    [
      ("0.50, 0.60", 0.5, 0.6, 1), ("0.10, 0.08", 0.10, 0.08, 1), ("0.30, 0.25", 0.30, 0.25, 1),
      ("0.50, 0.90", 0.5, 0.9, 1), ("0.02, 0.06", 0.02, 0.06, 1), ("0.001, 0.02", 0.001, 0.02, 1),
      ("0.30, 0.20, reference 10 times as large", 0.3, 0.2, 10.0),
      ("0.02, 0.10, reference 20 times as large", 0.02, 0.10, 20),
    ].map { name, reference, group, allocation in
      SimulatedDesign(
        "rates " + name, TwoProportionPower(group: group, reference: reference, critical: z),
        allocation: allocation
      ) { ($0.value > $1.value) == (group > reference) && excludesZero($0, $1, z) }
    }

  /// The interval keeps a margin, or a ratio.
  private static let claims: [SimulatedDesign] =
    [(0.85, 0.10), (0.97, 0.05)].map { rate, margin in
      SimulatedDesign(
        "non-inferior by \(margin), both \(rate)",
        NonInferiorityPower(group: rate, reference: rate, margin: margin, critical: z)
      ) { newcombe($0, $1, z).low > -margin }
    }
    + [(0.5, 0.1), (0.9, 0.1)].map { rate, margin in
      SimulatedDesign(
        "equivalent within \(margin), both \(rate)",
        EquivalencePower(group: rate, reference: rate, margin: margin, critical: z)
      ) {
        let interval = newcombe($0, $1, z)
        return interval.low > -margin && interval.high < margin
      }
    } + [
      SimulatedDesign(
        "ratio 0.8 of 0.30 told from 1",
        RatioPower(group: 0.24, reference: 0.30, limit: 1, critical: z)
      ) { koopman($0, $1, z).high < 1 },
      SimulatedDesign(
        "ratio above 0.8, both 0.30",
        RatioPower(group: 0.3, reference: 0.3, limit: 0.8, critical: z)
      ) { koopman($0, $1, z).low > 0.8 },
      SimulatedDesign(
        "ratio above 0.8, both 0.95",
        RatioPower(group: 0.95, reference: 0.95, limit: 0.8, critical: z)
      ) { koopman($0, $1, z).low > 0.8 },
    ]

  /// One comparison of several, at the critical value of all of them.
  private static let families: [SimulatedDesign] = {
    let dunnett = ComparisonFamily.reference(groups: 5).critical(confidence: confidence)
    let tukey = ComparisonFamily.pairs(groups: 5).critical(confidence: confidence)
    return [
      SimulatedDesign(
        "rates 0.30, 0.25, one of 4 to the reference",
        TwoProportionPower(group: 0.25, reference: 0.30, critical: dunnett)
      ) { $0.value < $1.value && excludesZero($0, $1, dunnett) },
      // Pairs have studentized limits with smoothed variances, at Tukey's value or farther.
      SimulatedDesign(
        "rates 0.30, 0.25, one of 10 pairs",
        TwoProportionPower(group: 0.25, reference: 0.30, critical: tukey)
      ) { $1.value - $0.value > tukey * (smoothed($0) + smoothed($1)).squareRoot() },
    ]
  }()

  private static func newcombe(_ own: Proportion, _ other: Proportion, _ c: Double) -> Interval {
    Newcombe.difference(own, other, critical: student(own, other, c))
  }

  private static func excludesZero(_ own: Proportion, _ other: Proportion, _ c: Double) -> Bool {
    let interval = newcombe(own, other, c)
    return interval.low > 0 || interval.high < 0
  }

  private static func koopman(_ own: Proportion, _ other: Proportion, _ c: Double) -> Interval {
    Koopman.ratio(own, other, critical: student(own, other, c))
  }

  private static func student(_ own: Proportion, _ other: Proportion, _ c: Double) -> Double {
    -StudentT.quantile(
      Normal.cumulative(-c), degreesOfFreedom: max(9, min(own.trials, other.trials) - 1))
  }

  private static func smoothed(_ proportion: Proportion) -> Double {
    let rate = (proportion.successes + 1) / (proportion.trials + 2)
    return rate * (1 - rate) / (proportion.trials + 2)
  }
}

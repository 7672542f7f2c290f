// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandSampling

/// Gaps of a family, all of which must hold their true values.
enum FamilyScenarios {
  private static let dataSets = 2000
  private static let replicates = 499

  static var all: [Trial] {
    [unequal.trial, manyGroups.trial, odds(gap: 0), odds(gap: 0.1), strata.trial]
  }

  private static let shares = [0.5, 0.25, 0.15, 0.1]
  private static let rates = [0.5, 0.4, 0.6, 0.3]

  /// Four groups of unequal size and rate; membership is random.
  private static var unequal: Scenario<Rates.Sample> {
    let expected = Rates(sizes: shares.map { Int($0 * 500) }, rates: rates)
    return Scenario(
      id: "family/unequal",
      title: "n = 500, shares 0.5, 0.25, 0.15 and 0.1, rates 0.5, 0.4, 0.6 and 0.3",
      isHard: expected.isHard, isInTests: true,
      draw: { stream in
        var sizes = [Double](repeating: 0, count: 4)
        Multinomial.sample(trials: 500, weights: shares, into: &sizes, using: &stream)
        let drawn = Rates(sizes: sizes.map { Int($0) }, rates: rates)
        return Rates.Sample(rates: drawn, selected: drawn.draw(&stream))
      },
      procedures: procedures(overall: zip(shares, rates).reduce(0) { $0 + $1.0 * $1.1 }))
  }

  /// Twelve groups of 60, one of which differs.
  private static var manyGroups: Scenario<Rates.Sample> {
    let population = Rates(
      sizes: RangeScenarios.repeating(60, 12), rates: RangeScenarios.repeating(0.3, 11) + [0.6])
    return Scenario(
      id: "family/twelve", title: "12 groups of 60, one rate 0.6, the others 0.3",
      isHard: population.isHard,
      draw: { Rates.Sample(rates: population, selected: population.draw(&$0)) },
      procedures: procedures(overall: (11 * 0.3 + 0.6) / 12))
  }

  private static func procedures(overall: Double) -> [Procedure<Rates.Sample>] {
    [
      procedure(
        .newcombeT, .koopmanT, overall,
        [.differenceToReference, .ratioToReference, .ratioToOverall]),
      procedure(
        .maxT, .maxT, overall,
        [
          .differenceToReference, .ratioToReference, .pairwiseDifference, .differenceToOverall,
          .ratioToOverall,
        ]),
      procedure(.newcombe, .koopman, overall, againstOthers),
      procedure(.miettinenNurminen, .miettinenNurminen, overall, againstOthers),
    ]
  }

  private static let againstOthers = [
    GapKind.differenceToReference, .ratioToReference, .pairwiseDifference, .ratioToOverall,
  ]

  private static func procedure(
    _ method: IntervalChoice.Difference, _ ratioMethod: IntervalChoice.Ratio, _ overall: Double,
    _ kinds: [GapKind]
  ) -> Procedure<Rates.Sample> {
    let configuration = Rates.configuration(replicates: method == .maxT ? replicates : 100).with {
      $0.intervals.range = method == .maxT ? .maxT : .score
      $0.intervals.difference = method
      $0.intervals.ratio = ratioMethod
    }
    return Procedure(
      kinds.map {
        Claim(
          .families, name($0), $0.isRatio ? ratioMethod.rawValue : method.rawValue,
          standard: standard($0))
      }, dataSets: dataSets
    ) { sample, seed in
      let result = try sample.rates.people(sample.selected).evaluate(configuration, seed: seed)
      func rate(_ slice: Slice?) -> Double {
        slice?.place.map { sample.rates.groups[$0].rate } ?? overall
      }
      return kinds.map { kind in
        result.gaps("selection_rate", kind).joint { gap in
          let (own, other) = (rate(gap.slice), rate(gap.reference))
          return kind.isRatio ? own / other : own - other
        }
      }
    }
  }

  private static func standard(_ kind: GapKind) -> String {
    switch kind {
    case .differenceToReference: IntervalChoice().difference.rawValue
    case .ratioToReference, .ratioToOverall: IntervalChoice().ratio.rawValue
    default: IntervalChoice().range.rawValue
    }
  }

  private static func name(_ kind: GapKind) -> String {
    switch kind {
    case .differenceToReference: "differences to the reference"
    case .ratioToReference: "ratios to the reference"
    case .differenceToOverall: "differences to all"
    case .ratioToOverall: "ratios to all"
    case .pairwiseDifference: "differences of all pairs"
    case .maxMinDifference: "max − min"
    case .minMaxRatio: "min ÷ max"
    }
  }

  /// Three groups of 200; the last one's true positive rate is lower by `gap`.
  private static func odds(gap: Double) -> Trial {
    let population = Confusions(
      groups: [0, 0, gap].map {
        Confusions.Group(
          size: 200, baseRate: 0.5, truePositiveRate: 0.8 - $0, falsePositiveRate: 0.2)
      })
    let configuration = Confusions.configuration(
      ["true_positive_rate", "false_positive_rate"], replicates: replicates)
    func procedure(_ resampling: Resampling, _ role: Claim.Role) -> Procedure<[Int]> {
      let own = configuration.with { $0.resampling = resampling }
      let method = resampling == .auto ? "max_t" : "max_t, resampling \(resampling.rawValue)"
      return Procedure(
        [Claim(.families, "equalized odds difference", method, role)], dataSets: dataSets
      ) { counts, seed in
        let result = try population.people(counts).evaluate(own, seed: seed)
        return [
          result.gap("equalized_odds", .maxMinDifference)?.interval?.outcome(gap, neutral: 0)
        ]
      }
    }
    return Scenario<[Int]>(
      id: "family/odds/\(gap)",
      title: "3 groups of 200, true positive rates 0.8, 0.8 and \(gap == 0 ? 0.8 : 0.7)",
      isHard: population.isHard, isInTests: true, draw: { population.draw(&$0) },
      procedures: [
        procedure(.auto, .standard), procedure(.groupLabel, .offered),
        procedure(.poisson, .offered),
      ]
    ).trial
  }

  /// Three groups in two strata; the rates depend on both.
  private static var strata: Scenario<[Int]> {
    let population = Rates(
      sizes: [150, 100, 60, 60, 100, 150], rates: [0.3, 0.4, 0.3, 0.6, 0.7, 0.5])
    let configuration = Rates.configuration(replicates: replicates).with {
      $0.condition = People.Name.stratum
    }
    func procedure(_ resampling: Resampling, _ role: Claim.Role) -> Procedure<[Int]> {
      let own = configuration.with { $0.resampling = resampling }
      let method = resampling == .auto ? "max_t" : "max_t, resampling \(resampling.rawValue)"
      return Procedure(
        [Claim(.families, "differences of all pairs in a stratum", method, role)],
        dataSets: dataSets
      ) { selected, seed in
        var people = population.people(selected)
        people.stratum = people.group.map { $0 / 3 }
        people.group = people.group.map { $0 % 3 }
        let gaps = try people.evaluate(own, seed: seed).gaps.filter {
          $0.condition?.description == "1" && $0.kind == .pairwiseDifference
        }
        return [
          gaps.joint { gap in
            let places = [gap.slice, gap.reference].map { $0?.place ?? 0 }
            return population.groups[3 + places[0]].rate - population.groups[3 + places[1]].rate
          }
        ]
      }
    }
    return Scenario(
      id: "family/strata",
      title: "3 groups in 2 strata; in one n = 60, 100 and 150, rates 0.6, 0.7 and 0.5",
      isHard: population.isHard, draw: { population.draw(&$0) },
      procedures: [procedure(.auto, .standard), procedure(.condition, .offered)])
  }
}

extension Rates {
  /// Groups with their drawn sizes, and how many of each are selected.
  struct Sample: Sendable {
    var rates: Rates
    var selected: [Int]
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference

/// The difference and the ratio of two groups' rates, the first being the reference.
enum PairScenarios {
  static let sizes = [(100, 100), (300, 300), (50, 500), (20, 2000)]
  static let rates = [(0.5, 0.5), (0.05, 0.05), (0.02, 0.05), (0.8, 0.8), (0.8, 0.95), (0.5, 0.8)]
  private static let replicates = 999
  private static let difference = "difference"
  private static let ratio = "ratio"

  static var all: [Trial] {
    sizes.flatMap { size in
      rates.map { rate in
        scenario(
          Rates(sizes: [size.1, size.0], rates: [rate.1, rate.0]),
          isInTests: size == (100, 100) || size == (50, 500)
        ).trial
      }
    } + [scenario(Rates(sizes: [200, 5], rates: [0.8, 0.8]), isInTests: true).trial]
  }

  private static func scenario(_ rates: Rates, isInTests: Bool) -> Scenario<[Int]> {
    let (other, own) = (rates.groups[0], rates.groups[1])
    return Scenario(
      id: "pair/\(own.trials)/\(other.trials)/\(own.rate)/\(other.rate)",
      title: "n = \(own.trials) and \(other.trials), rates \(own.rate) and \(other.rate)",
      isHard: rates.isHard, isInTests: isInTests, draw: { rates.draw(&$0) },
      procedures: [studentT(rates), maxT(rates), closed(rates)])
  }

  private static func studentT(_ rates: Rates) -> Procedure<[Int]> {
    evaluator(rates, dataSets: 10_000, replicates: 100, .newcombeT, .koopmanT)
  }

  private static func maxT(_ rates: Rates) -> Procedure<[Int]> {
    evaluator(rates, dataSets: 2000, replicates: replicates, .maxT, .maxT)
  }

  private static func differences(_ method: IntervalChoice.Difference) -> Claim {
    Claim(
      .differences, difference, method.rawValue, standard: IntervalChoice().difference.rawValue)
  }

  private static func ratios(_ method: IntervalChoice.Ratio) -> Claim {
    Claim(.ratios, ratio, method.rawValue, standard: IntervalChoice().ratio.rawValue)
  }

  /// As the command makes them, in a family of one.
  private static func evaluator(
    _ rates: Rates, dataSets: Int, replicates: Int, _ method: IntervalChoice.Difference,
    _ ratioMethod: IntervalChoice.Ratio
  ) -> Procedure<[Int]> {
    let (other, own) = (rates.groups[0].rate, rates.groups[1].rate)
    let configuration = Rates.configuration(replicates: replicates).with {
      $0.intervals.difference = method
      $0.intervals.ratio = ratioMethod
    }
    return Procedure([differences(method), ratios(ratioMethod)], dataSets: dataSets) {
      selected, seed in
      let result = try rates.people(selected).evaluate(configuration, seed: seed)
      return [
        result.gap("selection_rate", .differenceToReference)?.interval?.outcome(own - other),
        result.gap("selection_rate", .ratioToReference)?.interval?.outcome(own / other),
      ]
    }
  }

  private static func closed(_ rates: Rates) -> Procedure<[Int]> {
    let (other, own) = (rates.groups[0].rate, rates.groups[1].rate)
    let critical = Normal.critical(confidence: 0.95)
    return Procedure(
      [.newcombe, .mee, .miettinenNurminen].map(differences)
        + [.koopman, .katz, .miettinenNurminen].map(ratios),
      dataSets: 10_000
    ) { selected, _ in
      let all = rates.proportions(selected)
      let (reference, sample) = (all[0], all[1])
      let differences = [
        Newcombe.difference(sample, reference, critical: critical),
        Mee.difference(sample, reference, critical: critical),
        MiettinenNurminen.difference(sample, reference, critical: critical),
      ]
      let ratios = [
        Koopman.ratio(sample, reference, critical: critical),
        Katz.ratio(sample, reference, critical: critical),
        MiettinenNurminen.ratio(sample, reference, critical: critical),
      ]
      // Without successes in the reference the ratio has no value, and a scorecard no interval.
      let isDefined = reference.successes > 0
      return differences.map { Outcome($0, truth: own - other) }
        + ratios.map { isDefined ? Outcome($0, truth: own / other) : nil }
    }
  }
}

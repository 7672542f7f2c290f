// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling

/// One group's rate.
enum RateScenarios {
  static let sizes = [20, 50, 100, 500, 2000]
  static let rates = [0.02, 0.05, 0.5, 0.8, 0.95]
  private static let replicates = 999

  static var all: [Trial] {
    sizes.flatMap { size in rates.map { scenario(Rates.Group(size, $0)).trial } }
  }

  private static func scenario(_ group: Rates.Group) -> Scenario<Int> {
    let number = "selection rate"
    return Scenario(
      id: "rate/\(group.trials)/\(group.rate)", title: "n = \(group.trials), rate \(group.rate)",
      isHard: Rates([group]).isHard,
      isInTests: [50, 500].contains(group.trials),
      draw: { Binomial.sample(trials: group.trials, probability: group.rate, using: &$0) },
      procedures: [
        Procedure(
          [IntervalChoice.Rate.wilson, .jeffreys, .clopperPearson].map {
            Claim(.rates, number, $0.rawValue, standard: IntervalChoice().rate.rawValue)
          }, dataSets: 10_000
        ) { successes, _ in
          let (x, n) = (Double(successes), Double(group.trials))
          return [
            Wilson.interval(successes: x, trials: n, confidence: 0.95),
            Jeffreys.interval(successes: x, trials: n, confidence: 0.95),
            ClopperPearson.interval(successes: x, trials: n, confidence: 0.95),
          ].map { Outcome($0, truth: group.rate) }
        },
        Procedure([Claim(.rates, number, "percentile_bootstrap", .offered)], dataSets: 10_000) {
          [percentile(successes: $0, group, seed: $1)]
        },
      ])
  }

  private static func percentile(successes: Int, _ group: Rates.Group, seed: UInt64) -> Outcome? {
    var stream = RandomStream(seed: seed, family: Trial.family("percentile"), replicate: 0)
    let rate = Double(successes) / Double(group.trials)
    let drawn = (0..<replicates).map { _ in
      Double(Binomial.sample(trials: group.trials, probability: rate, using: &stream))
        / Double(group.trials)
    }
    return PercentileBootstrap(replicates: drawn).limits(confidence: 0.95).map {
      Outcome($0.interval, truth: group.rate)
    }
  }
}

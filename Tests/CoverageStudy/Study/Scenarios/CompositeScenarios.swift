// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// Metrics of all four cells, whose intervals come from replicates of the counts.
enum CompositeScenarios {
  private static let costs = CostMatrix(falsePositive: 1, falseNegative: 5)
  private static let risk = 0.25
  private static let metrics: [any DecisionMetric] = [
    BalancedAccuracy(), F1(), MatthewsCorrelation(), ThreatScore(), AverageOdds(),
    ExpectedCost(costs), NetBenefit(thresholdProbability: risk),
  ]

  static var all: [Trial] {
    [50, 200, 1000].map { size in
      let group = Confusions.Group(
        size: size, baseRate: 0.3, truePositiveRate: 0.7, falsePositiveRate: 0.2)
      let population = Confusions(groups: [group])
      return Scenario<[Int]>(
        id: "composite/\(size)",
        title: "n = \(size), base rate 0.3, true and false positive rate 0.7 and 0.2",
        isHard: population.isHard, isInTests: size == 200, draw: { population.draw(&$0) },
        procedures: IntervalChoice.Bootstrap.allCases.map { method($0, population, group) }
      ).trial
    }
  }

  private static func method(
    _ method: IntervalChoice.Bootstrap, _ population: Confusions, _ group: Confusions.Group
  ) -> Procedure<[Int]> {
    let configuration = Confusions.configuration(Set(metrics.map(\.id)), replicates: 999).with {
      $0.intervals.bootstrap = method
      $0.costs = costs
      $0.netBenefit = risk
    }
    let truths = metrics.map { (try? $0.value(group.truth)) ?? .nan }
    return Procedure(
      metrics.map {
        Claim(
          .composites, $0.id, method.rawValue + "_bootstrap",
          standard: IntervalChoice().bootstrap.rawValue + "_bootstrap")
      }, dataSets: 2000
    ) { counts, seed in
      let result = try population.people(counts).evaluate(configuration, seed: seed)
      return zip(metrics, truths).map { result.overall($0.id)?.interval?.outcome($1) }
    }
  }
}

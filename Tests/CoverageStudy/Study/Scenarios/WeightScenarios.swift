// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import RealModule

/// Rows that stand for more or fewer people, by their weight.
enum WeightScenarios {
  private static let dataSets = 2000
  private static let spread = 0.7

  static var all: [Trial] { [twoWeights(300).trial, logNormal(300).trial, logNormal(1000).trial] }

  /// Weights 1 and 3 with equal chance, rates 0.2 and 0.5: (0.2 + 3 · 0.5) / 4 exactly.
  private static func twoWeights(_ rows: Int) -> Scenario<People> {
    Scenario(
      id: "weight/two/\(rows)", title: "n = \(rows), weights 1 and 3, of which rates depend",
      isInTests: true,
      draw: { stream in
        var people = People()
        for _ in 0..<rows {
          let isHeavy = stream.uniform() < 0.5
          people.add(
            decision: stream.uniform() < (isHeavy ? 0.5 : 0.2), weight: isHeavy ? 3 : 1)
        }
        return people
      }, procedures: procedures(0.425))
  }

  /// ln w is normal, and people with a greater weight are selected more often. By the weights'
  /// tilt of the distribution the truth is E logistic(−0.5 + 0.8 (s² + s Z)).
  private static func logNormal(_ rows: Int) -> Scenario<People> {
    let truth = Expectation.normal {
      Expectation.logistic(-0.5 + 0.8 * (spread * spread + spread * $0))
    }
    return Scenario(
      id: "weight/normal/\(rows)",
      title: "n = \(rows), log-normal weights (s = 0.7), of which rates depend",
      draw: { stream in
        var people = People()
        for _ in 0..<rows {
          let logarithm = spread * stream.normal()
          people.add(
            decision: stream.uniform() < Expectation.logistic(-0.5 + 0.8 * logarithm),
            weight: .exp(logarithm))
        }
        return people
      }, procedures: procedures(truth))
  }

  private static func procedures(_ truth: Double) -> [Procedure<People>] {
    let configuration = Configuration.decisions(["selection_rate"], replicates: 100).with {
      $0.weight = People.Name.weight
    }
    return [
      Procedure([Claim(.samples, "selection rate", "linearised", .standard)], dataSets: dataSets) {
        let result = try $0.evaluate(configuration, seed: $1)
        return [result.overall("selection_rate")?.interval?.outcome(truth)]
      },
      Procedure(
        [Claim(.samples, "selection rate", "Wilson, weights ignored", .comparison)],
        dataSets: dataSets
      ) { people, _ in [people.ignoringDesign(truth)] },
    ]
  }
}

extension People {
  mutating func add(group: Int = 0, decision: Bool, weight: Double) {
    self.group.append(group)
    self.decision.append(decision)
    self.weight.append(weight)
  }

  /// Wilson's interval of the selected rows, as if they were all alike and independent.
  func ignoringDesign(_ truth: Double) -> Outcome {
    Outcome(
      Wilson.interval(
        successes: Double(decision.count { $0 }), trials: Double(decision.count), confidence: 0.95),
      truth: truth)
  }
}

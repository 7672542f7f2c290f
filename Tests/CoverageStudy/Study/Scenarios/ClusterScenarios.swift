// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import RealModule

/// Many rows of one person, who shares a normal effect: two of them have a latent correlation of 0.3.
enum ClusterScenarios {
  private static let dataSets = 2000
  private static let common = 0.3.squareRoot()
  private static let own = 0.7.squareRoot()

  static var all: [Trial] {
    // Few people have most of the rows.
    let unequal = (0..<60).map { 1 + Int(95 * Double.pow(Double($0) / 59, 3)) }
    return [
      rate("60 people of 20 rows", RangeScenarios.repeating(20, 60), isInTests: true),
      rate("60 people of 1 to 96 rows", unequal),
      rate("20 people of 20 rows", RangeScenarios.repeating(20, 20)),
      gaps("30 and 30 people of 20 rows", crosses: false),
      gaps("60 people of 10 and 10 rows, in both groups", crosses: true),
    ]
  }

  /// `sizes[k]` rows of person k, each selected with the chance of its group.
  private static func people(
    _ sizes: [Int], _ stream: inout RandomStream, group: (_ person: Int, _ row: Int) -> Int
  ) -> People {
    var result = People()
    for (person, size) in sizes.enumerated() {
      let effect = stream.normal()
      for row in 0..<size {
        let place = group(person, row)
        result.group.append(place)
        result.cluster.append(person)
        result.decision.append(
          common * effect + own * stream.normal() < Normal.quantile(rates[place]))
      }
    }
    return result
  }

  private static let rates = [0.4, 0.5]

  private static func configuration(isBootstrap: Bool) -> Configuration {
    .decisions(["selection_rate"], replicates: isBootstrap ? 399 : 100).with {
      $0.cluster = People.Name.cluster
      $0.method = isBootstrap ? .bootstrap : .auto
      $0.references = [People.Name.group: "0"]
    }
  }

  private static func rate(_ title: String, _ sizes: [Int], isInTests: Bool = false) -> Trial {
    func procedure(_ method: String, _ role: Claim.Role) -> Procedure<People> {
      let configuration = configuration(isBootstrap: role == .offered)
      return Procedure([Claim(.samples, "selection rate", method, role)], dataSets: dataSets) {
        [try $0.evaluate(configuration, seed: $1).overall("selection_rate")?.interval?.outcome(0.4)]
      }
    }
    return Scenario<People>(
      id: "cluster/" + title, title: title, isHard: Hardness.ofClusters(sizes.count),
      isInTests: isInTests, draw: { people(sizes, &$0) { _, _ in 0 } },
      procedures: [
        procedure("cluster_linearised", .standard), procedure("cluster_bootstrap", .offered),
        Procedure(
          [Claim(.samples, "selection rate", "Wilson, clusters ignored", .comparison)],
          dataSets: dataSets
        ) { people, _ in [people.ignoringDesign(0.4)] },
      ]
    ).trial
  }

  private static func gaps(_ title: String, crosses: Bool) -> Trial {
    let kinds: [(GapKind, String)] = [
      (.differenceToReference, "difference"), (.ratioToReference, "ratio"),
    ]
    func procedure(_ method: String, _ role: Claim.Role) -> Procedure<People> {
      let configuration = configuration(isBootstrap: role == .offered)
      return Procedure(kinds.map { Claim(.samples, $0.1, method, role) }, dataSets: dataSets) {
        people, seed in
        let result = try people.evaluate(configuration, seed: seed)
        return kinds.map {
          result.gap("selection_rate", $0.0)?.interval?.outcome(
            $0.0.isRatio ? rates[1] / rates[0] : rates[1] - rates[0])
        }
      }
    }
    return Scenario<People>(
      id: "cluster/" + title, title: title, isHard: Hardness.ofClusters(crosses ? 60 : 30),
      draw: {
        people(RangeScenarios.repeating(20, 60), &$0) { person, row in
          crosses ? row % 2 : person % 2
        }
      },
      procedures: [
        procedure("cluster_linearised", .standard), procedure("cluster_bootstrap", .offered),
      ]
    ).trial
  }
}

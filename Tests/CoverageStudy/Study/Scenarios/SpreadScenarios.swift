// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference

/// The variance of rates between the groups of a fixed population.
enum SpreadScenarios {
  static var all: [Trial] {
    [
      scenario(
        "20 groups of 100, all rates 0.5", RangeScenarios.repeating(Rates.Group(100, 0.5), 20)),
      scenario(
        "20 groups of 100, rates 0.31 to 0.69",
        (0..<20).map { Rates.Group(100, 0.31 + 0.02 * Double($0)) }),
      scenario(
        "10 groups of 20 to 200, rates 0.1 to 0.55",
        (0..<10).map { Rates.Group(20 * ($0 + 1), 0.1 + 0.05 * Double($0)) }),
      scenario(
        "5 groups of 200, rates 0.7, 0.75, 0.8, 0.85 and 0.9",
        (0..<5).map { Rates.Group(200, 0.7 + 0.05 * Double($0)) }),
    ]
  }

  private static func scenario(_ title: String, _ groups: [Rates.Group]) -> Trial {
    let rates = Rates(groups)
    let truth = BetweenGroupVariance.observed(groups.map(\.rate)) ?? .nan
    func procedure(_ resampling: Resampling, _ role: Claim.Role) -> Procedure<[Int]> {
      let configuration = Rates.configuration(replicates: 499).with {
        $0.resampling = resampling
        $0.label = People.Name.label
      }
      let method =
        "double_corrected" + (resampling == .auto ? "" : ", resampling \(resampling.rawValue)")
      return Procedure([Claim(.spread, "variance", method, role)], dataSets: 1000) {
        selected, seed in
        var people = rates.people(selected)
        // All have the same label, so that resampling within group and label is within groups.
        people.label = people.group.map { _ in true }
        let result = try people.evaluate(configuration, seed: seed)
        guard let found = result.tests.first(where: { $0.metric == "selection_rate" })?.betweenGroup
        else { return [nil] }
        // Without an interval nothing was found: no variance at all.
        return [found.interval?.outcome(truth) ?? Outcome(low: 0, high: 0, truth: truth)]
      }
    }
    return Scenario<[Int]>(
      id: "spread/" + title, title: title, isHard: rates.isHard, isInTests: groups.count == 5,
      draw: { rates.draw(&$0) },
      procedures: [procedure(.auto, .standard), procedure(.groupLabel, .offered)]
    ).trial
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Every scenario of the coverage study, in the order of its tables.
package enum Study {
  /// Data sets of a scenario in the tests.
  package static let shortDataSets = 250

  package static var trials: [Trial] {
    RateScenarios.all + PairScenarios.all + RangeScenarios.all + FamilyScenarios.all
      + CompositeScenarios.all + LossScenarios.all + RankingScenarios.all + WeightScenarios.all
      + ClusterScenarios.all + SpreadScenarios.all + ChangeScenarios.all + ModelScenarios.all
      + ThresholdScenarios.all + TestScenarios.all
  }

  /// The trials that have a row of one of `kinds`.
  package static func trials(of kinds: Set<StudyKind>) -> [Trial] {
    trials.filter { !$0.kinds.isDisjoint(with: kinds) }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension PairedChanges {
  /// The rows that a rate counts under one of two models only; `nil` where its denominator depends on
  /// the decisions, and where rows are weighted or clustered.
  func pairs(_ rate: any Rate, _ slice: Int, _ baseline: Int, _ candidate: Int)
    -> DiscordantPairs?
  {
    guard let tally, plan.rows.isSimple else { return nil }
    let rest = rate.among.subtracting(rate.counted)
    let both = tally.rows(slice, baseline, rate.among, candidate, rate.among)
    func denominator(_ model: Int) -> Double {
      DecisionCounts(estimation.tallies[model].decisions[slice].rows).sum(rate.among)
    }
    guard both > 0, both == denominator(baseline), both == denominator(candidate) else {
      return nil
    }
    return DiscordantPairs(
      baselineOnly: tally.rows(slice, baseline, rate.counted, candidate, rest),
      candidateOnly: tally.rows(slice, baseline, rest, candidate, rate.counted), pairs: both)
  }

  /// How many rows of a slice lie in one set of cells under the baseline and in another under the
  /// candidate; `nil` where rows are weighted or clustered.
  func rows(
    _ slice: Int, _ baseline: Int, _ before: DecisionCells, _ candidate: Int, _ after: DecisionCells
  ) -> Double? {
    guard plan.rows.isSimple else { return nil }
    return tally?.rows(slice, baseline, before, candidate, after)
  }
}

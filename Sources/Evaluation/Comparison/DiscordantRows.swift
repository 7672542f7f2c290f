// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension PairedChanges {
  /// No change has a variance of 0: rates of the same rows count one more row either way; others without
  /// variation are as uncertain as if the models were unrelated.
  func smooth(_ change: inout Estimate, _ slice: Int, _ b: Side, _ c: Side) {
    guard let metric = c.estimates.metric as? any DecisionMetric, plan.rows.isSimple else { return }
    if let rate = metric as? any Rate, let pairs = pairs(rate, slice, b.model, c.model) {
      change.variance = pairs.proportions.smoothedVariance
    } else if (change.variance ?? 0) == 0 {
      let (base, candidate) = (b.estimates.estimates[slice], c.estimates.estimates[slice])
      change.variance = (base.variance ?? 0) + (candidate.variance ?? 0)
    }
    if let logarithm = change.logarithm, logarithm.variance <= 1e-12,
      let base = b.estimates.estimates[slice].logarithm,
      let candidate = c.estimates.estimates[slice].logarithm
    {
      change.logarithm?.variance = base.variance + candidate.variance
    }
  }

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

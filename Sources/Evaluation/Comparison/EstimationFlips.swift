// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension PairedChanges {
  private static let selected: DecisionCells = [
    .truePositive, .falsePositive, .selectedUnlabelled,
  ]
  private static let rejected: DecisionCells = [
    .falseNegative, .trueNegative, .rejectedUnlabelled,
  ]
  private static let right: DecisionCells = [.truePositive, .trueNegative]
  private static let wrong: DecisionCells = [.falsePositive, .falseNegative]

  /// Whom the candidate decides otherwise than the baseline, slice by slice.
  func flips(baseline: Int, candidate: Int) -> [ModelFlips] {
    let plan = estimation.plan
    return plan.slices.slices.indices.map { slice in
      var result = ModelFlips(
        baseline: plan.models[baseline].name, candidate: plan.models[candidate].name,
        slice: plan.slices.slices[slice])
      if estimation.withheld.contains(slice) {
        (result.status, result.reason) = (.suppressed, Estimation.withheldReason)
        return result
      }
      func moved(_ before: DecisionCells, _ after: DecisionCells) -> Double? {
        rows(slice, baseline, before, candidate, after)
      }
      let decided = Self.selected.union(Self.rejected)
      guard let n = moved(decided, decided) else {
        result.status = .notMeasured
        result.reason = "not_available (\(plan.rows.isClustered ? "clustered" : "weighted"))"
        return result
      }
      result.n = Int(n)
      result.newlySelected = moved(Self.rejected, Self.selected).map { Int($0) }
      result.newlyRejected = moved(Self.selected, Self.rejected).map { Int($0) }
      guard plan.hasLabels, n > 0 else { return result }
      result.corrected = moved(Self.wrong, Self.right).map { Int($0) }
      result.spoilt = moved(Self.right, Self.wrong).map { Int($0) }
      func people(_ cell: DecisionCells) -> PeopleChange? {
        guard n >= Double(plan.configuration.minimum),
          let lost = moved(cell, decided.subtracting(cell)),
          let won = moved(decided.subtracting(cell), cell)
        else { return nil }
        let pairs = PairedProportions(firstOnly: lost, secondOnly: won, pairs: n)
        let interval = pairs.interval(confidence: plan.configuration.confidence)
        return PeopleChange(
          perThousand: 1000 * pairs.difference, low: 1000 * interval.low,
          high: 1000 * interval.high)
      }
      result.correctlySelected = people(.truePositive)
      result.wronglySelected = people(.falsePositive)
      return result
    }
  }
}

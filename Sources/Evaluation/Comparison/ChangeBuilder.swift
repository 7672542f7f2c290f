// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// The records of one metric's changes from the baseline to a candidate: on every slice, and of gaps.
struct ChangeBuilder: Sendable {
  let plan: Plan
  let baseline: MetricEstimates
  let candidate: MetricEstimates
  let change: MetricEstimates
  /// By slice.
  let discordant: [DiscordantPairs?]
  /// Whether there is a paired variance at all.
  let isPaired: Bool
  let tukey: TukeyTable
  let names: (baseline: String, candidate: String)

  var slices: SliceTable { plan.slices }
  var metric: any Metric { candidate.metric }
  private var confidence: Double { plan.configuration.confidence }

  func blank() -> ModelComparison {
    ModelComparison(baseline: names.baseline, candidate: names.candidate, metric: metric.id)
  }

  // MARK: Slices

  /// One record a slice. The members of a grouping are judged at once, everybody by itself.
  func ofSlices() -> [ModelComparison] {
    var families = Array(repeating: 1, count: slices.slices.count)
    for grouping in slices.groupings {
      let size = grouping.members.count(where: isComparable)
      for member in grouping.members { families[member] = max(1, size) }
    }
    return slices.slices.indices.map { ofSlice($0, familySize: families[$0]) }
  }

  func isComparable(_ slice: Int) -> Bool {
    change.estimates[slice].status == .ok && (change.estimates[slice].variance ?? 0) > 0
  }

  private func ofSlice(_ slice: Int, familySize: Int) -> ModelComparison {
    let estimate = change.estimates[slice]
    var result = blank()
    result.slice = slices.slices[slice]
    (result.status, result.reason) = (estimate.status, estimate.reason)
    result.baselineValue = baseline.estimates[slice].value
    result.candidateValue = candidate.estimates[slice].value
    result.difference = Change(value: estimate.value)
    guard let value = estimate.value, let b = result.baselineValue, let c = result.candidateValue
    else { return result }
    let hasRatio = metric.comparison == .differenceAndRatio && b > 0
    if hasRatio { result.ratio = Change(value: c / b) }
    guard estimate.status == .ok else {
      result.difference.intervalReason = estimate.reason
      result.ratio?.intervalReason = estimate.reason
      return result
    }
    guard isPaired, (estimate.variance ?? 0) > 0 else {
      let reason = isPaired ? "no variation among its rows" : "no paired interval for this metric"
      result.difference.intervalReason = reason
      result.ratio?.intervalReason = reason
      return result
    }
    result.difference.standardError = estimate.variance?.squareRoot()
    result.discordant = discordant[slice]
    let judge = Judge(self, degrees: degrees(slice), size: familySize, metric: metric)
    result.degreesOfFreedom = judge.degrees.isFinite ? judge.degrees : nil
    let family =
      familySize > 1
      ? family(slice, familySize, judge.critical) : nil
    judge.difference(&result, value: value, family)
    if let logarithm = estimate.logarithm {
      judge.ratio(&result, logarithm, family)
    } else if hasRatio {
      result.ratio?.intervalReason =
        plan.rows.isClustered ? "not_available (clustered)" : "a value of 0"
    }
    return result
  }

  private func family(_ slice: Int, _ size: Int, _ critical: Double) -> Family? {
    guard
      let grouping = slices.groupings.first(where: { $0.members.contains(slice) })
    else { return nil }
    let context = slices.slices[grouping.context]
    var id = "\(metric.id)/\(grouping.attributes.joined(separator: "×"))/change"
    if !context.assignments.isEmpty { id += "/\(context)" }
    return Family(id: id, size: size, critical: rounded(critical))
  }

  /// Student's t for the rows that a change rests on, as for differences between groups; areas have
  /// DeLong's normal theory.
  func degrees(_ slice: Int) -> Double {
    let ofClusters = change.degrees(slice)
    guard !ofClusters.isFinite else { return ofClusters }
    if metric is AreaUnderROC || metric is CalibrationSlope || metric is CalibrationIntercept {
      return .infinity
    }
    return max(9, change.estimates[slice].support - 1)
  }
}

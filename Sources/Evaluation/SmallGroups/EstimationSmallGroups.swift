// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// The rates that are looked at unless metrics are named: their complements say the same.
  private static let rates: Set = [
    BaseRate().id, SelectionRate().id, TruePositiveRate().id, FalsePositiveRate().id,
    Precision().id, Accuracy().id,
  ]

  /// Every rate of small groups in the light of the others; empty for weighted and for clustered rows,
  /// whose counts say less than as many independent rows.
  func smallGroups() -> SmallGroupsRecord {
    var record = SmallGroupsRecord()
    guard plan.rows.isSimple, plan.configuration.smallGroups else { return record }
    let rates = estimates.compactMap { found in
      (found.metric as? any Rate).map { (metric: $0, found: found) }
    }.filter { plan.configuration.metrics != nil || Self.rates.contains($0.metric.id) }
    let groupings = plan.slices.groupings
    let jobs = rates.indices.flatMap { rate in groupings.indices.map { (rate, $0) } }
    record.estimates = parallel.map(jobs) { rate, grouping -> GroupEstimates? in
      let address = StreamFamily.smallGroups(rate: rate, grouping: grouping)
      return SmallGroupsFinder(
        plan: plan, estimates: rates[rate].found, withheld: withheld, family: address
      ).estimates(groupings[grouping])
    }.compactMap { $0 }
    let contexts = Set(plan.slices.contexts).sorted()
    let wholes = rates.indices.flatMap { rate in contexts.map { (rate, $0) } }
    record.bounds = parallel.map(wholes) { rate, context -> SimultaneousBoundsRecord? in
      let found = rates[rate].found
      return SimultaneousBoundsFinder(
        plan: plan, metric: rates[rate].metric, model: found.model,
        tally: tallies[found.model ?? 0], withheld: withheld,
        stream: StreamFamily.simultaneousBounds(rate: rate, context: context)
      ).bounds(context)
    }.compactMap { $0 }
    return record
  }
}

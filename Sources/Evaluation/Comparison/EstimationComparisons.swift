// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension Estimation {
  /// What changes from the baseline to each other model, and where all models stand; nothing without a
  /// baseline.
  func compareModels(_ result: inout EvaluationResult, _ criteria: [Criterion]) {
    guard let name = plan.configuration.baseline,
      let baseline = plan.models.firstIndex(where: { $0.name == name })
    else { return }
    let changes = PairedChanges(self)
    result.comparisons = comparisons(changes, baseline, result.gaps)
    result.flips = plan.models.indices.filter { $0 != baseline }.flatMap {
      changes.flips(baseline: baseline, candidate: $0)
    }
    let metrics = estimates.filter { $0.model == baseline }.map(\.metric)
    result.standings = parallel.map(metrics.count) { changes.standings(metrics[$0]) }
      .compactMap { $0 }
    result.pareto = pareto(changes, criteria, result.gaps)
  }

  private func comparisons(_ changes: PairedChanges, _ baseline: Int, _ gaps: [Gap])
    -> [ModelComparison]
  {
    let tukey = TukeyTable(
      confidence: plan.configuration.confidence,
      groups: Set(plan.slices.groupings.map(\.comparable.count)))
    let pairs = plan.models.indices.filter { $0 != baseline }.flatMap { candidate in
      estimates.indices.filter { estimates[$0].model == baseline }.compactMap { own in
        let id = estimates[own].metric.id
        return estimates.firstIndex { $0.model == candidate && $0.metric.id == id }
          .map { (baseline: own, candidate: $0) }
      }
    }
    let gapsOfMetrics = Dictionary(grouping: gaps.filter { $0.condition == nil }, by: \.metric)
    return parallel.map(pairs.filter { isCompared(estimates[$0.baseline].metric) }) { pair in
      let (base, candidate) = (estimates[pair.baseline], estimates[pair.candidate])
      let model = candidate.model ?? 0
      let builder = ChangeBuilder(
        plan: plan, baseline: base, candidate: candidate, change: changes.change(base, candidate),
        discordant: plan.slices.slices.indices.map { slice in
          (base.metric as? any Rate).flatMap { changes.pairs($0, slice, baseline, model) }
        },
        isPaired: changes.hasInfluence(base.metric), tukey: tukey,
        names: (plan.models[baseline].name, plan.models[model].name))
      return builder.ofSlices() + builder.ofGaps(gapsOfMetrics[base.metric.id] ?? [])
    }.flatMap { $0 }
  }

  /// Counts say nothing that rates do not.
  private func isCompared(_ metric: any Metric) -> Bool { !(metric is ConfusionCount) }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandThresholds

/// Looks for thresholds of one model that meet an aim.
///
/// They are chosen and judged on the same rows; where several meet a limit the proposed one has the
/// least expected cost, else the highest net benefit, else the highest accuracy, and without labels it
/// is the one nearest to the model's own threshold.
struct ThresholdProposals: Sendable {
  let rows: SweepRows
  let estimator: CurveEstimator
  let metrics: [any DecisionMetric]
  /// The model's own threshold.
  let own: Double?
  let slices: [Slice]
  let hasLabels: Bool

  func proposal(_ aim: ThresholdAim) -> ThresholdProposal {
    guard let metric = metrics.first(where: { $0.id == aim.metric }),
      let everybody = rows.samples[0]
    else { return ThresholdProposal(aim: aim.text) }
    switch aim.goal {
    case .metric(.atLeast, let limit):
      return within(aim, estimator.curve(metric, everybody), atLeast: limit)
    case .metric(.atMost, let limit):
      return within(aim, estimator.curve(metric, everybody), atMost: limit)
    case .ratio(let attribute, let limit):
      return within(aim, estimator.ratio(metric, groups(attribute).samples), atLeast: limit)
    case .difference(let attribute, let limit):
      return within(aim, estimator.difference(metric, groups(attribute).samples), atMost: limit)
    case .equal(let attribute): return equal(aim, metric, attribute, everybody)
    case .leastCost: return leastCost(aim, metric, everybody)
    }
  }

  private func groups(_ attribute: String) -> (slices: [Int], samples: [BucketedRows]) {
    let known = rows.groups.first { $0.attribute == attribute }?.slices ?? []
    return (known, known.compactMap { rows.samples[$0] })
  }

  private func within(
    _ aim: ThresholdAim, _ curve: ThresholdCurve, atLeast: Double? = nil, atMost: Double? = nil
  ) -> ThresholdProposal {
    let (objective, name, higherIsBetter) = objective
    let found = ThresholdSearch.within(
      curve, atLeast: atLeast, atMost: atMost, objective: objective,
      higherIsBetter: higherIsBetter)
    return ThresholdProposal(
      aim: aim.text, observed: found.observed.map(threshold),
      established: found.established.map(threshold),
      thresholds: [
        ProposedThreshold(
          slice: .overall, threshold: found.proposed.map(threshold),
          value: found.proposed.flatMap { curve.values[$0] }.map { rounded($0) })
      ], chosenBy: found.proposed == nil ? nil : name)
  }

  private func threshold(_ place: Int) -> Double { rows.grid.thresholds[place] }

  private var objective: (curve: ThresholdCurve, name: String?, higherIsBetter: Bool) {
    let stated = [ExpectedCost().id, NetBenefit().id].lazy.compactMap { id in
      metrics.first { $0.id == id }
    }.first
    if hasLabels, let everybody = rows.samples[0] {
      let metric = stated ?? Accuracy()
      return (
        estimator.curve(metric, everybody), metric.id, metric.direction == .higherIsBetter
      )
    }
    var nearness = ThresholdCurve(thresholds: rows.grid.thresholds.count)
    nearness.values = rows.grid.thresholds.map { threshold in own.map { -abs(threshold - $0) } ?? 0
    }
    return (nearness, nil, true)
  }

  /// A threshold a group at which the metric is nearest to what everybody has at the model's own.
  private func equal(
    _ aim: ThresholdAim, _ metric: any DecisionMetric, _ attribute: String,
    _ everybody: BucketedRows
  ) -> ThresholdProposal {
    let (slices, samples) = groups(attribute)
    let target = own.flatMap { rows.grid.thresholds.firstIndex(of: $0) }.flatMap {
      try? metric.value(everybody.counts(at: $0))
    }
    guard let target else { return ThresholdProposal(aim: aim.text) }
    let nearest = ThresholdSearch.nearest(
      to: target, samples.map { estimator.curve(metric, $0) })
    return ThresholdProposal(
      aim: aim.text,
      thresholds: zip(slices, nearest).map { slice, nearest in
        ProposedThreshold(
          slice: self.slices[slice], threshold: nearest.map { threshold($0.threshold) },
          value: nearest.map { rounded($0.value) })
      })
  }

  private func leastCost(
    _ aim: ThresholdAim, _ metric: any DecisionMetric, _ everybody: BucketedRows
  ) -> ThresholdProposal {
    let found = estimator.leastCost(metric, everybody)
    let value = found.least.flatMap { try? metric.value(everybody.counts(at: $0)) }
    return ThresholdProposal(
      aim: aim.text, observed: [found.least].compactMap { $0 }.map(threshold),
      established: found.candidates.map(threshold),
      thresholds: [
        ProposedThreshold(
          slice: .overall, threshold: found.least.map(threshold),
          value: value.map { rounded($0) })
      ])
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandThresholds

extension Estimation {
  /// What depends on the threshold of each model with scores; nothing unless asked for.
  func sweeps() -> [ThresholdSweep] {
    let configuration = plan.configuration
    guard configuration.sweep || !configuration.aims.isEmpty else { return [] }
    return plan.models.indices.compactMap { model in
      guard let order = orders[model], order.count > 0 else { return nil }
      let rows = SweepRows(self, model: model, order: order)
      let estimator = estimator(rows)
      let curves = parallel.map(sweptMetrics) { self.curves($0, rows, estimator) }.flatMap { $0 }
      let proposals = parallel.map(configuration.aims) {
        ThresholdProposals(
          rows: rows, estimator: estimator, metrics: self.sweptMetrics,
          own: self.plan.models[model].threshold, slices: self.plan.slices.slices,
          hasLabels: self.plan.hasLabels
        ).proposal($0)
      }
      return ThresholdSweep(
        model: plan.models[model].name, thresholds: rows.grid.thresholds,
        level: configuration.confidence, curves: curves, proposals: proposals)
    }
  }

  /// All that depend on the threshold.
  private var sweptMetrics: [any DecisionMetric] {
    catalogue.decision.filter {
      $0.id != BaseRate().id && (plan.hasLabels || $0.id == SelectionRate().id)
    }
  }

  private func estimator(_ rows: SweepRows) -> CurveEstimator {
    let configuration = plan.configuration
    return CurveEstimator(
      CurveSettings(
        confidence: configuration.confidence, minimum: configuration.minimum,
        draws: configuration.replicates, seed: configuration.seed,
        family: StreamFamily.thresholds),
      groups: rows.groups.map(\.slices.count).max() ?? 1,
      thresholds: rows.grid.thresholds.count)
  }

  /// A metric on everybody and every group, then its widest gaps between groups.
  private func curves(
    _ metric: any DecisionMetric, _ rows: SweepRows, _ estimator: CurveEstimator
  ) -> [SweptCurve] {
    let own = rows.samples.sorted { $0.key < $1.key }.map { slice, sample in
      SweptCurve(
        metric: metric.id, slice: plan.slices.slices[slice], gap: nil,
        estimator.curve(metric, sample))
    }
    let gaps = rows.groups.flatMap { attribute, slices -> [SweptCurve] in
      let groups = slices.compactMap { rows.samples[$0] }
      guard groups.count > 1 else { return [] }
      func gap(_ kind: GapKind, _ curve: ThresholdCurve) -> SweptCurve {
        SweptCurve(
          metric: metric.id, slice: nil, gap: SweptGap(kind: kind, attribute: attribute), curve)
      }
      let difference = gap(.maxMinDifference, estimator.difference(metric, groups))
      guard metric.comparison == .differenceAndRatio else { return [difference] }
      return [difference, gap(.minMaxRatio, estimator.ratio(metric, groups))]
    }
    return own + gaps
  }
}

extension SweptCurve {
  /// To the digits that replicates have, the limits around the value.
  init(metric: String, slice: Slice?, gap: SweptGap?, _ curve: ThresholdCurve) {
    let values = curve.values.map { $0.map { rounded($0) } }
    self.init(
      metric: metric, slice: slice, gap: gap, values: values,
      low: zip(curve.low, values).map { low, value in
        low.map { low in min(rounded(low), value ?? low) }
      },
      high: zip(curve.high, values).map { high, value in
        high.map { high in max(rounded(high), value ?? high) }
      })
  }
}

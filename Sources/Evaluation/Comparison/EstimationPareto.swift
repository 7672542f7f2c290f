// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// All models by two criteria: those asked for, or accuracy and the widest gap in selection that the
  /// baseline has against a reference group; `nil` where there is no such number.
  func pareto(_ changes: PairedChanges, _ criteria: [Criterion], _ gaps: [Gap]) -> ParetoRecord? {
    if criteria.count == 2 { return Pareto(changes, criteria).record() }
    guard criteria.isEmpty, let gap = widest(gaps), let slice = gap.slice else { return nil }
    let selection = Criterion(
      metric: gap.metric, slice: slice, reference: gap.reference, higherIsBetter: false)
    let leading = [Accuracy().id, BalancedAccuracy().id, AreaUnderROC().id].first { id in
      plan.models.indices.allSatisfy { model in
        estimates.contains { $0.model == model && $0.metric.id == id && $0.isComparable(0) }
      }
    }
    guard let leading else { return nil }
    return Pareto(
      changes,
      [
        Criterion(metric: leading, slice: .overall, reference: nil, higherIsBetter: true),
        selection,
      ]
    ).record()
  }

  /// The gap in selection whose size is largest, of those that every model has.
  private func widest(_ gaps: [Gap]) -> Gap? {
    gaps.filter {
      $0.model == plan.configuration.baseline && $0.metric == SelectionRate().id
        && $0.kind == .differenceToReference && $0.attributes.count == 1 && $0.condition == nil
        && $0.status == .ok
    }.max { abs($0.value ?? 0) < abs($1.value ?? 0) }
  }

  /// The criteria that the configuration asks for.
  ///
  /// - Throws: `ConfigurationError` for a metric without better and worse, and for a group that is not
  ///   there.
  static func criteria(_ plan: Plan) throws(ConfigurationError) -> [Criterion] {
    var result: [Criterion] = []
    for choice in plan.configuration.pareto {
      let (slice, reference) = try choice.slices(plan)
      let direction = Catalogue.standard.metric(choice.metric)?.direction
      guard reference != nil || direction == .higherIsBetter || direction == .lowerIsBetter else {
        throw ConfigurationError(
          "--pareto \(choice.text): the metric does not say what is better; take the difference "
            + "between two groups: \(choice.metric):ATTRIBUTE=GROUP-GROUP")
      }
      result.append(
        Criterion(
          metric: choice.metric, slice: slice, reference: reference,
          higherIsBetter: reference == nil && direction == .higherIsBetter))
    }
    return result
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension Estimation {
  /// A slice whose metric is undefined in a larger share of replicates is `insufficient`.
  private static let mostUndefined = 0.01

  /// Draws the replicates of everything that needs them: critical values of gaps and intervals of
  /// composite metrics.
  mutating func resample() {
    families = estimates.map { ContrastFamily.families($0, plan.slices) }
    maxima = estimates.map { _ in nil }
    guard plan.rows.isSimple else { return }
    resampleCounts()
    if plan.configuration.method == .bootstrap { resampleRows() }
  }

  private mutating func resampleCounts() {
    let places = estimates.indices.filter { estimates[$0].metric is any DecisionMetric }
    guard !places.isEmpty else { return }
    let engine = CountsEngine(plan)
    var replicates = engine.run(places.compactMap(target), parallel)
    if dropUndefined(places, replicates) {
      for place in places {
        families[place] = ContrastFamily.families(estimates[place], plan.slices)
      }
      replicates = engine.run(places.compactMap(target), parallel)
    }
    for (place, replicates) in zip(places, replicates) {
      maxima[place] = replicates.maxima
      guard let target = target(place) else { continue }
      for (slice, pivots) in zip(target.pivotSlices, replicates.pivots) {
        addInterval(
          place, slice, pivots, scale: IntervalRule.scale(of: estimates[place].metric.range))
      }
    }
  }

  private func target(_ place: Int) -> CountsEngine.Target? {
    guard let metric = estimates[place].metric as? any DecisionMetric else { return nil }
    let composites =
      metric is any Rate
      ? []
      : estimates[place].estimates.indices.filter {
        let estimate = estimates[place].estimates[$0]
        return estimate.value != nil && (estimate.status == .ok || estimate.status == .insufficient)
      }
    return CountsEngine.Target(
      model: estimates[place].model ?? 0, metric: metric, estimates: estimates[place],
      families: families[place], pivotSlices: composites)
  }

  /// Marks slices that resampling often leaves without a value; says whether there were any.
  private mutating func dropUndefined(_ places: [Int], _ replicates: [CountsEngine.Replicates])
    -> Bool
  {
    var found = false
    for (place, replicates) in zip(places, replicates) {
      for (slice, share) in replicates.undefined
      where share > Self.mostUndefined && estimates[place].estimates[slice].status == .ok {
        estimates[place].estimates[slice].status = .insufficient
        estimates[place].estimates[slice].reason =
          "undefined in \((share * 1000).rounded() / 10) % of replicates"
        found = true
      }
    }
    return found
  }

  private mutating func addInterval(
    _ place: Int, _ slice: Int, _ pivots: [Double], scale: Scale
  ) {
    let estimate = estimates[place].estimates[slice]
    guard let value = estimate.value, let variance = estimate.variance, variance > 0 else {
      estimates[place].estimates[slice].intervalReason = "no standard error"
      return
    }
    let confidence = plan.configuration.confidence
    let interval = StudentizedBootstrap(
      value: value, standardError: variance.squareRoot(), pivots: pivots
    ).interval(confidence: confidence, scale: scale)
    guard interval.high > interval.low else {
      estimates[place].estimates[slice].intervalReason = "no variation among its rows"
      return
    }
    estimates[place].estimates[slice].interval = rounded(
      ReportedInterval(
        low: interval.low, high: interval.high, level: confidence, method: "studentized_bootstrap"),
      containing: value)
  }

  /// Intervals and critical values of means and losses from the rows engine.
  private mutating func resampleRows() {
    let models = plan.models.indices.filter { plan.models[$0].kind != .decision }
    var workers: [(place: Int, worker: RowsWorker)] = []
    for place in estimates.indices {
      guard let metric = estimates[place].metric as? any ProbabilityMetric,
        let ratio = RowsEngine.Ratio(metric), let model = estimates[place].model,
        let order = models.firstIndex(of: model)
      else { continue }
      let range = ProbabilityEstimator.range(metric, plan.models[model].kind)
      workers.append(
        (
          place,
          RowsWorker(
            estimates: estimates[place], families: families[place], slices: plan.slices,
            ratio: ratio, offset: order * RowsEngine.width, scale: IntervalRule.scale(of: range))
        ))
    }
    guard !workers.isEmpty else { return }
    let reducing = workers.map(\.worker)
    let blocks = RowsEngine(plan, models: models).run(parallel) { sums, replicates in
      reducing.map { $0.reduce(sums, replicates: replicates) }
    }
    for (index, entry) in workers.enumerated() {
      let parts = blocks.map { $0[index] }
      maxima[entry.place] = families[entry.place].indices.map { family in
        parts.flatMap { $0.maxima[family] }
      }
      for slice in estimates[entry.place].estimates.indices {
        let isReckoned = estimates[entry.place].estimates[slice].interval != nil
        guard isReckoned else { continue }
        addInterval(
          entry.place, slice, parts.flatMap { $0.pivots[slice] }, scale: entry.worker.scale)
      }
    }
  }

  /// Every gap of every metric and model.
  func gaps() -> [Gap] {
    let theory = GapTheory(plan, families.flatMap { $0 })
    let builders = estimates.indices.map {
      GapBuilder(
        plan: plan, estimates: estimates[$0], families: families[$0], maxima: maxima[$0],
        theory: theory)
    }
    var result = parallel.map(builders) { builder in
      builder.gaps().map { addComponents($0, builder) }
    }.flatMap { $0 }
    result += parallel.map(plan.models.count) { model -> [Gap] in
      func builder(_ id: String) -> GapBuilder? {
        builders.first { $0.estimates.model == model && $0.estimates.metric.id == id }
      }
      guard let truePositives = builder(TruePositiveRate().id),
        let falsePositives = builder(FalsePositiveRate().id)
      else { return [] }
      return EqualizedOdds(
        plan: plan, truePositives: truePositives, falsePositives: falsePositives
      ).gaps()
    }.flatMap { $0 }
    return result
  }

  /// The parts beside a mean of rates, in which opposite gaps would cancel unseen.
  private func addComponents(_ gap: Gap, _ builder: GapBuilder) -> Gap {
    guard gap.kind == .differenceToReference, gap.name != nil,
      let mean = builder.estimates.metric as? any MeanOfRates,
      let slice = gap.slice.flatMap({ plan.slices.slices.firstIndex(of: $0) }),
      let reference = gap.reference.flatMap({ plan.slices.slices.firstIndex(of: $0) })
    else { return gap }
    var result = gap
    result.components = ([mean.first, mean.second] as [any Rate]).map { rate in
      let own = estimates.first {
        $0.metric.id == rate.id && $0.model == builder.estimates.model
      }?.estimates
      let values = own.map { ($0[slice].value, $0[reference].value) }
      let difference = values.flatMap { a, b in a.flatMap { a in b.map { a - $0 } } }
      return GapComponent(metric: rate.id, value: difference)
    }
    return result
  }
}

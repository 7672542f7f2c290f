// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

extension Estimation {
  /// A slice whose metric is undefined in a larger share of replicates is `insufficient`.
  private static let mostUndefined = 0.01

  /// Draws the replicates of everything that needs them: critical values of gaps and intervals of
  /// composite metrics.
  mutating func resample() {
    families = estimates.map { ContrastFamily.families($0, plan.slices) }
    maxima = estimates.map { _ in nil }
    spreads = estimates.map { _ in [] }
    let isBootstrap = plan.configuration.method == .bootstrap
    if plan.rows.isClustered && isBootstrap { resampleClusters() }
    guard plan.rows.isSimple else { return }
    resampleCounts()
    if isBootstrap { resampleRows() }
  }

  /// Intervals and critical values of everything that is a function of sums over clusters.
  private mutating func resampleClusters() {
    let places = estimates.indices.filter { ClusterEngine.isAvailable(estimates[$0].metric) }
    guard !places.isEmpty else { return }
    func range(_ place: Int) -> ClosedRange<Double> {
      guard let metric = estimates[place].metric as? any ProbabilityMetric else {
        return estimates[place].metric.range
      }
      return ProbabilityEstimator.range(metric, plan.models[estimates[place].model ?? 0].kind)
    }
    func targets() -> [ClusterEngine.Target] {
      places.map { place in
        ClusterEngine.Target(
          estimates: estimates[place], families: families[place],
          pivotSlices: estimates[place].estimates.indices.filter {
            // At an end of the range all clusters agree, and where many replicates say nothing the
            // rest say too little: the closed form stays.
            let (estimate, range) = (estimates[place].estimates[$0], range(place))
            return estimate.status == .ok && estimate.interval != nil
              && estimate.value != range.lowerBound && estimate.value != range.upperBound
          }, scale: IntervalRule.scale(of: range(place)))
      }
    }
    var targeted = targets()
    var replicates = ClusterEngine(plan, targeted).run(parallel)
    if dropUndefined(places, replicates.map(\.undefined)) {
      for place in places {
        families[place] = ContrastFamily.families(estimates[place], plan.slices)
      }
      targeted = targets()
      replicates = ClusterEngine(plan, targeted).run(parallel)
    }
    for (place, (target, replicates)) in zip(places, zip(targeted, replicates)) {
      maxima[place] = replicates.maxima
      for (slice, pivots) in zip(target.pivotSlices, replicates.pivots) {
        var estimate = estimates[place].estimates[slice]
        sampledInterval(range(place)).apply(to: &estimate, samples: pivots) { nil }
        estimates[place].estimates[slice] = estimate
      }
    }
  }

  private mutating func resampleCounts() {
    let places = estimates.indices.filter { estimates[$0].metric is any DecisionMetric }
    guard !places.isEmpty else { return }
    let engine = CountsEngine(plan)
    var targets = places.compactMap(target)
    var replicates = engine.run(targets, parallel)
    if dropUndefined(places, zip(places, replicates).map { undefined($0, $1.undefined) }) {
      for place in places {
        families[place] = ContrastFamily.families(estimates[place], plan.slices)
      }
      targets = places.compactMap(target)
      replicates = engine.run(targets, parallel)
    }
    for (place, (target, replicates)) in zip(places, zip(targets, replicates)) {
      maxima[place] = replicates.maxima
      spreads[place] = replicates.spreads
      let sampled = sampledInterval(estimates[place].metric.range)
      for (slice, samples) in zip(target.sampledSlices, replicates.samples) {
        var estimate = estimates[place].estimates[slice]
        sampled.apply(to: &estimate, samples: samples) { acceleration(target, slice) }
        estimates[place].estimates[slice] = estimate
      }
    }
  }

  /// The shares of replicates without a value: of rates what is to be expected, which no seed moves,
  /// (1 − d/N)^N for d of N rows in the denominator; of all others what was counted.
  private func undefined(_ place: Int, _ counted: [Int: Double]) -> [Int: Double] {
    let resampling = plan.configuration.resampling
    guard estimates[place].metric is any Rate, resampling == .auto || resampling == .poisson else {
      return counted
    }
    let total = Double(plan.rows.total)
    return Dictionary(
      uniqueKeysWithValues: counted.keys.map { slice in
        let rows = estimates[place].estimates[slice].support
        let share =
          resampling == .poisson ? Double.exp(-rows) : Double.pow(1 - rows / total, total)
        return (slice, share)
      })
  }

  private func sampledInterval(_ range: ClosedRange<Double>) -> SampledInterval {
    SampledInterval(
      method: plan.configuration.intervals.bootstrap, confidence: plan.configuration.confidence,
      range: range, scale: IntervalRule.scale(of: range), isClustered: plan.rows.isClustered)
  }

  /// BCa's acceleration of a metric of counts: only eight influences differ.
  private func acceleration(_ target: CountsEngine.Target, _ slice: Int) -> Double? {
    let counts = DecisionCounts(tallies[target.model].decisions[slice].rows)
    guard let slope = try? target.metric.gradient(counts) else { return nil }
    return BCaBootstrap.acceleration(
      influences: (0..<8).map { slope[$0] }, weights: (0..<8).map { counts.cells[$0] })
  }

  /// The same of a metric of scores, row by row.
  private func acceleration(
    _ metric: any ProbabilityMetric, model: Int, _ slice: Int
  ) -> Double? {
    let rows = plan.rows
    guard let slope = try? metric.gradient(ScoreMoments(tallies[model].moments[slice].rows)) else {
      return nil
    }
    let cells = Set(plan.slices.cells[slice])
    let inside = (0..<rows.count).filter {
      cells.contains(rows.cells[$0]) && !rows.scores[model][$0].isNaN
    }
    return BCaBootstrap.acceleration(
      influences: inside.map {
        (slope * ScoreMoments.row(score: rows.scores[model][$0], label: rows.label($0))).sum()
      }, weights: inside.map { rows.multiplicities[$0] })
  }

  private func target(_ place: Int) -> CountsEngine.Target? {
    guard let metric = estimates[place].metric as? any DecisionMetric else { return nil }
    let intervals = plan.configuration.intervals
    let isRate = metric is any Rate
    let sampled = estimates[place].estimates.indices.filter {
      // Too few rows leave a rate its exact interval.
      switch estimates[place].estimates[$0].status {
      case .ok: !isRate || intervals.rate == .bootstrap
      case .insufficient: !isRate && estimates[place].estimates[$0].value != nil
      default: false
      }
    }
    return CountsEngine.Target(
      model: estimates[place].model ?? 0, metric: metric, estimates: estimates[place],
      families: families[place],
      // Equalized odds is studentized whatever the method of single ranges.
      isStudentized: families[place].map {
        $0.against == .pairs || ScoreMethod($0, estimates[place], plan) == nil
      },
      sampledSlices: sampled,
      keepsPivots: SampledInterval.needsPivots(intervals.bootstrap))
  }

  /// Marks slices that resampling often leaves without a value; says whether there were any.
  private mutating func dropUndefined(_ places: [Int], _ undefined: [[Int: Double]]) -> Bool {
    var found = false
    for (place, undefined) in zip(places, undefined) {
      for (slice, share) in undefined
      where share > Self.mostUndefined && estimates[place].estimates[slice].status == .ok {
        estimates[place].estimates[slice].status = .insufficient
        estimates[place].estimates[slice].reason =
          "undefined in \((share * 1000).rounded() / 10) % of replicates"
        found = true
      }
    }
    return found
  }

  /// Intervals and critical values of means and losses from the rows engine.
  private mutating func resampleRows() {
    let models = plan.models.indices.filter { plan.models[$0].kind != .decision }
    var workers: [(place: Int, worker: RowsWorker, range: ClosedRange<Double>)] = []
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
            ratio: ratio, offset: order * RowsEngine.width, scale: IntervalRule.scale(of: range),
            keepsPivots: SampledInterval.needsPivots(plan.configuration.intervals.bootstrap)),
          range
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
        guard estimates[entry.place].estimates[slice].interval != nil else { continue }
        let samples = parts.flatMap { $0.samples[slice] }
        var estimate = estimates[entry.place].estimates[slice]
        sampledInterval(entry.range).apply(to: &estimate, samples: samples) {
          (estimates[entry.place].metric as? any ProbabilityMetric).flatMap {
            acceleration($0, model: estimates[entry.place].model ?? 0, slice)
          }
        }
        estimates[entry.place].estimates[slice] = estimate
      }
    }
  }

  /// Every gap of every metric and model.
  func gaps() -> [Gap] {
    let theory = GapTheory(plan, families.flatMap { $0 })
    let builders = estimates.indices.map {
      GapBuilder(
        plan: plan, estimates: estimates[$0], families: families[$0], maxima: maxima[$0],
        theory: theory,
        missing: MissingBoundsFinder(
          plan: plan, tally: tallies[estimates[$0].model ?? 0], estimates: estimates[$0],
          withheld: withheld))
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
    return judgedAcrossMetrics(result)
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

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

extension Estimation {
  /// A slice whose metric is undefined in a larger share of replicates is `insufficient`.
  static let mostUndefined = 0.01

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

  private mutating func resampleRows() {
    let (means, ranks) = (meansResampling(), ranksResampling())
    let found = RowReplicates(plan, means?.engine, ranks?.engine).run(parallel) {
      sums, replicates in
      (means?.workers ?? []).map { $0.reduce(sums, replicates: replicates) }
    }
    if let means { apply(means, found.sums) }
    if let ranks { apply(ranks, found.ranks) }
  }

  private mutating func resampleCounts() {
    let places = estimates.indices.filter { estimates[$0].metric is any DecisionMetric }
    guard !places.isEmpty else { return }
    let engine = CountsEngine(plan, parallel)
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
      update(place, target.sampledSlices) { estimation, estimate, index in
        sampled.apply(to: &estimate, samples: replicates.samples[index]) {
          estimation.acceleration(target, target.sampledSlices[index])
        }
      }
    }
  }

  /// Changes the estimates of some slices of an entry, in parallel.
  ///
  /// - Parameter change: is given the estimation as it was, and the slice's place among `slices`.
  mutating func update(
    _ place: Int, _ slices: [Int],
    _ change: @Sendable (_ before: Estimation, _ estimate: inout Estimate, _ index: Int) -> Void
  ) {
    let before = self
    let found = parallel.map(slices.count) { index in
      var estimate = before.estimates[place].estimates[slices[index]]
      change(before, &estimate, index)
      return estimate
    }
    for (slice, estimate) in zip(slices, found) { estimates[place].estimates[slice] = estimate }
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

  func sampledInterval(_ range: ClosedRange<Double>) -> SampledInterval {
    SampledInterval(
      method: plan.configuration.intervals.bootstrap, confidence: plan.configuration.confidence,
      range: range, scale: IntervalRule.scale(of: range), isClustered: plan.rows.isClustered)
  }

  /// BCa's acceleration of a metric of counts: only eight influences differ.
  func acceleration(_ target: CountsEngine.Target, _ slice: Int) -> Double? {
    let counts = DecisionCounts(tallies[target.model].decisions[slice].rows)
    guard let slope = try? target.metric.gradient(counts) else { return nil }
    return BCaBootstrap.acceleration(
      influences: (0..<8).map { slope[$0] }, weights: (0..<8).map { counts.cells[$0] })
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
  mutating func dropUndefined(_ places: [Int], _ undefined: [[Int: Double]]) -> Bool {
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
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension Estimation {
  /// What the rows engine is to resample, and what becomes of its sums.
  struct MeansResampling: Sendable {
    let engine: RowsEngine
    var places: [(place: Int, range: ClosedRange<Double>)] = []
    var workers: [RowsWorker] = []
  }

  /// Means and losses, if any; only of rows.
  func meansResampling() -> MeansResampling? {
    let hasSums = estimates.contains {
      ($0.metric as? any ProbabilityMetric).flatMap { RowsEngine.Ratio($0) } != nil
    }
    guard hasSums else { return nil }
    let models = plan.models.indices.filter { plan.models[$0].kind != .decision }
    let engine = RowsEngine(plan, models: models, parallel)
    var result = MeansResampling(engine: engine)
    for place in estimates.indices {
      guard let metric = estimates[place].metric as? any ProbabilityMetric,
        let ratio = RowsEngine.Ratio(metric), let model = estimates[place].model,
        let order = models.firstIndex(of: model)
      else { continue }
      let range = ProbabilityEstimator.range(metric, plan.models[model].kind)
      result.places.append((place, range))
      result.workers.append(
        RowsWorker(
          estimates: estimates[place], families: families[place], slices: plan.slices,
          ratio: ratio, offset: order * RowsEngine.width, centre: engine.centres[order],
          scale: IntervalRule.scale(of: range),
          keepsPivots: SampledInterval.needsPivots(plan.configuration.intervals.bootstrap)))
    }
    return result
  }

  /// Intervals and critical values of means and losses from blocks of replicates, by worker.
  mutating func apply(_ resampling: MeansResampling, _ blocks: [[RowsWorker.Result]]) {
    for (index, entry) in resampling.places.enumerated() {
      let parts = blocks.map { $0[index] }
      maxima[entry.place] = families[entry.place].indices.map { family in
        parts.flatMap { $0.maxima[family] }
      }
      let sampled = sampledInterval(entry.range)
      let own = estimates[entry.place].estimates
      let slices = own.indices.filter { own[$0].interval != nil }
      update(entry.place, slices) { estimation, estimate, index in
        let samples = parts.flatMap { $0.samples[slices[index]] }
        sampled.apply(to: &estimate, samples: samples) {
          let entry = estimation.estimates[entry.place]
          guard let metric = entry.metric as? any ProbabilityMetric else { return nil }
          return estimation.acceleration(metric, model: entry.model ?? 0, slices[index])
        }
      }
    }
  }

  /// BCa's acceleration of a metric of scores, row by row.
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
}

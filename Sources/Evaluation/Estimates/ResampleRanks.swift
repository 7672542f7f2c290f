// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension Estimation {
  /// Whether the ranks engine holds as many rows.
  var ranksAreResampled: Bool { plan.rows.total <= RanksEngine.most }

  /// The method of quantiles' intervals: replicates of a quantile have no standard error.
  var quantileBootstrap: IntervalChoice.Bootstrap {
    let asked = plan.configuration.intervals.bootstrap
    return asked == .studentized ? .percentile : asked
  }

  /// What the ranks engine is to resample: by target, the place of its estimates.
  struct RanksResampling: Sendable {
    let engine: RanksEngine
    var places: [Int]
  }

  /// Areas under curves and quantiles, if any and the engine holds the rows.
  func ranksResampling() -> RanksResampling? {
    guard ranksAreResampled else { return nil }
    var places: [Int] = []
    var targets: [RanksEngine.Target] = []
    for place in estimates.indices {
      guard let model = estimates[place].model,
        let statistic = RanksEngine.Target.Statistic(estimates[place].metric)
      else { continue }
      places.append(place)
      targets.append(
        .init(
          model: model, statistic: statistic, values: estimates[place].estimates.map(\.value)))
    }
    guard !places.isEmpty else { return nil }
    let engine = RanksEngine(plan, targets, orders: orders, parallel)
    return RanksResampling(engine: engine, places: places)
  }

  /// Intervals and critical values of areas under curves, and intervals of quantiles, from replicates
  /// by target, slice and replicate.
  mutating func apply(_ resampling: RanksResampling, _ found: [[[RankedReplicate]]]) {
    let places = resampling.places
    let workers = places.indices.map {
      RanksWorker(
        estimates: estimates[places[$0]], families: families[places[$0]], replicates: found[$0])
    }
    let largest = parallel.map(workers) { $0.maxima() }
    for (index, place) in places.enumerated() {
      if !families[place].isEmpty { maxima[place] = largest[index] }
      update(place, Array(estimates[place].estimates.indices)) { estimation, estimate, slice in
        estimation.apply(workers[index], place, slice, &estimate)
      }
    }
  }

  private func apply(_ worker: RanksWorker, _ place: Int, _ slice: Int, _ estimate: inout Estimate)
  {
    let metric = estimates[place].metric
    // Where many replicates say nothing the rest say too little: the closed form stays.
    guard let value = estimate.value, estimate.interval != nil,
      worker.undefined(slice) <= Self.mostUndefined
    else { return }
    if let metric = metric as? ScoreQuantile {
      apply(metric, worker.values(slice), value, &estimate)
      return
    }
    // At an end of the range pivots say nothing: the closed form stays.
    guard value != metric.range.lowerBound, value != metric.range.upperBound else { return }
    let scale = IntervalRule.scale(of: metric.range)
    let samples =
      SampledInterval.needsPivots(plan.configuration.intervals.bootstrap)
      ? worker.pivots(slice, scale) : worker.values(slice)
    sampledInterval(metric.range).apply(to: &estimate, samples: samples) {
      guard let metric = metric as? any RankedMetric,
        let view = view(of: slice, model: estimates[place].model ?? 0),
        let influence = try? metric.estimate(view).influence
      else { return nil }
      return BCaBootstrap.acceleration(
        influences: influence.positive + influence.negative,
        weights: view.positives + view.negatives)
    }
  }

  /// The interval of a quantile; rows at or below it move it one way, those above the other.
  private func apply(
    _ metric: ScoreQuantile, _ samples: [Double], _ value: Double, _ estimate: inout Estimate
  ) {
    let limits: BootstrapInterval?
    switch quantileBootstrap {
    case .basic:
      limits = BasicBootstrap(value: value, replicates: samples)
        .limits(confidence: plan.configuration.confidence)
    case .bca:
      let share = Double(metric.percent) / 100
      let rows = estimate.support
      limits = BCaBootstrap.acceleration(
        influences: [share - 1, share], weights: [rows * share, rows * (1 - share)]
      ).flatMap {
        BCaBootstrap(value: value, replicates: samples, acceleration: $0)
          .limits(confidence: plan.configuration.confidence)
      }
    case .percentile, .studentized:
      limits = PercentileBootstrap(replicates: samples)
        .limits(confidence: plan.configuration.confidence)
    }
    guard let limits else {
      estimate.interval = nil
      estimate.intervalReason = "both limits fall on the same score"
      return
    }
    estimate.interval = rounded(
      ReportedInterval(
        low: limits.interval.low, high: limits.interval.high,
        level: plan.configuration.confidence, method: "\(quantileBootstrap.rawValue)_bootstrap",
        monteCarloError: MonteCarloError(
          low: limits.monteCarloError.low, high: limits.monteCarloError.high)),
      containing: value)
  }

  /// A slice's rows in the order of a model's scores.
  private func view(of slice: Int, model: Int) -> RankedScores? {
    let rows = plan.rows
    let cells = Set(plan.slices.cells[slice])
    var order = (0..<rows.count).filter {
      cells.contains(rows.cells[$0]) && !rows.scores[model][$0].isNaN
    }.map { UInt32($0) }
    RadixSort.sort(&order, by: rows.scores[model].map(RadixSort.key))
    var view = RankedScores()
    for row in order.lazy.map(Int.init) {
      view.append(
        score: rows.scores[model][row], label: rows.label(row), rows: rows.multiplicities[row])
    }
    return view
  }
}

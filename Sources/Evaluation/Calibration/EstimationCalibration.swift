// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import EvenhandParallel

extension Estimation {
  /// Metrics that ask for calibration by slice when only some metrics are wanted.
  private static let asking: Set = [
    CalibrationIntercept().id, CalibrationSlope().id, ExpectedCalibrationError().id,
    DebiasedSquaredCalibrationError().id,
  ]

  /// How far every model's scores are worth what they say, slice by slice; empty without labels and for
  /// scores that are no probabilities.
  ///
  /// Errors are compared with those of labels drawn from the scores in the slices that figures are drawn
  /// of: everybody, strata and the groups of single attributes. Crossed slices take part in the
  /// multicalibration family, which judges them jointly.
  func calibration() -> CalibrationRecord {
    var record = CalibrationRecord()
    if let metrics = plan.configuration.metrics, metrics.isDisjoint(with: Self.asking) {
      return record
    }
    // A comparison shows changes only: without labels to draw it leaves the rest out.
    if plan.configuration.baseline != nil, plan.configuration.labelDraws == 0 { return record }
    let models = plan.models.indices.filter {
      plan.models[$0].kind == .probability && plan.hasLabels && orders[$0] != nil
    }
    // A context's sample is as long as the table: models take turns, so that few are in memory at once. Of
    // groupings those with many slices take longest, and come first.
    let partitions = plan.slices.partitions
    let ordered =
      partitions.filter { $0.depth == 0 }
      + partitions.filter { $0.depth > 0 }.sorted { $0.slices.count > $1.slices.count }
    let parts = models.flatMap { model in ordered.map { (model: model, partition: $0) } }
    let calibrators = parallel.map(parts.count) { part in
      self.calibrators(parts[part].model, parts[part].partition)
    }.flatMap { $0 }
    let found = Array(zip(calibrators, finished(calibrators)))
    let tallies = parallel.map(models) { MulticalibrationFamily(self, model: $0).tally() }
    for (model, tally) in zip(models, tallies) {
      let own = found.filter { $0.0.model == model }
      record.slices += own.sorted { $0.0.slice < $1.0.slice }.map(\.1)
      record.multicalibration.append(MulticalibrationFamily(self, model: model).record(tally))
    }
    return record
  }

  /// Of slices that share no row: what needs no draws, and what draws are compared with.
  private func calibrators(_ model: Int, _ partition: SlicePartition) -> [SliceCalibrator] {
    guard let order = orders[model] else { return [] }
    let hasFigures = partition.depth <= 1
    let isDrawn = hasFigures && whyNoLabels == nil
    return zip(partition.slices, order.places(partition)).map { slice, places in
      let sample = order.sample(places)
      let closed = calibration(model, slice, sample, hasFigures: hasFigures)
      guard isDrawn, !withheld.contains(slice), sample.count > 0 else {
        return SliceCalibrator(model: model, slice: slice, closed: closed, draws: nil)
      }
      let draws = CalibrationDraws(
        sample, edges: edges[model] ?? BinEdges(),
        family: StreamFamily.calibration(model: model, slice: slice), plan.configuration)
      return SliceCalibrator(model: model, slice: slice, closed: closed, draws: draws)
    }
  }

  /// Why labels are not drawn from the scores; `nil` where they are.
  private var whyNoLabels: String? {
    if plan.rows.isClustered { return "not_available (clustered)" }
    return plan.configuration.labelDraws == 0 ? "no labels are drawn" : nil
  }

  /// Labels are drawn in parallel over slices and blocks of replicates.
  private func finished(_ calibrators: [SliceCalibrator]) -> [SliceCalibration] {
    let jobs = calibrators.flatMap { calibrator in
      (0..<calibrator.blocks).map { (calibrator: calibrator, block: $0) }
    }
    let part = Parallel.Part("drawing labels", jobs.count, "blocks")
    let blocks = parallel.map(jobs.count, part) { job in
      jobs[job].calibrator.draws?.run(block: jobs[job].block)
    }
    var next = 0
    let starts = calibrators.map { calibrator in
      defer { next += calibrator.blocks }
      return next
    }
    return parallel.map(calibrators.count) { place in
      let own = starts[place]..<starts[place] + calibrators[place].blocks
      return calibrators[place].finished(blocks[own].compactMap { $0 })
    }
  }

  /// What needs no draws.
  ///
  /// - Parameter hasFigures: whether figures are drawn of the slice.
  private func calibration(
    _ model: Int, _ slice: Int, _ sample: CalibrationSample, hasFigures: Bool
  ) -> SliceCalibration {
    var result = SliceCalibration(
      model: plan.models[model].name, slice: plan.slices.slices[slice], status: .ok)
    if withheld.contains(slice) {
      (result.status, result.reason) = (.suppressed, Self.withheldReason)
      return result
    }
    let rows = sample.rowCount
    result.n = Int(rows)
    result.positives = Int(sample.positives.reduce(0, +))
    guard rows > 0 else {
      (result.status, result.reason) = (.undefined, "no labelled rows with a score")
      return result
    }
    if rows < Double(plan.configuration.minimum) {
      result.status = .insufficient
      result.reason =
        "fewer than \(plan.configuration.minimum) labelled rows with a score (\(Int(rows)))"
    }
    let estimator = CalibrationEstimates(plan: plan, sample: sample)
    result.debiased = estimator.debiased(
      measured: estimate(DebiasedSquaredCalibrationError().id, model, slice), edges: edges[model])
    result.intercept = estimator.coefficient(
      .intercept, like: estimate(CalibrationIntercept().id, model, slice))
    result.slope = estimator.coefficient(
      .slope, like: estimate(CalibrationSlope().id, model, slice))
    result.spiegelhalter = estimator.spiegelhalter
    result.brier = estimator.brier
    guard hasFigures else { return result }
    if let whyNoLabels {
      result.errors = estimator.errors(edges: edges[model] ?? BinEdges(), without: whyNoLabels)
    }
    if plan.configuration.suppressBelow == nil {
      result.diagram = estimator.diagram
    }
    return result
  }

  private func estimate(_ metric: String, _ model: Int, _ slice: Int) -> Estimate? {
    estimates.first { $0.metric.id == metric && $0.model == model }?.estimates[slice]
  }
}

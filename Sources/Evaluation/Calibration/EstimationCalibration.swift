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
    for model in plan.models.indices
    where plan.models[model].kind == .probability && plan.hasLabels {
      guard let order = orders[model] else { continue }
      let samples = SliceSamples(plan, order)
      record.slices += slices(model, samples)
      record.multicalibration.append(
        MulticalibrationFamily(plan: plan, model: model, edges: edges[model], parallel: parallel)
          .record(samples, isWithheld: plan.configuration.suppressBelow != nil))
    }
    return record
  }

  private func slices(_ model: Int, _ samples: SliceSamples) -> [SliceCalibration] {
    let table = plan.slices
    let contexts = Set(table.contexts).sorted()
    var found: [Int: SliceCalibration] = [:]
    func add(_ slices: [Int], _ parts: [CalibrationSample], isDrawn: Bool) {
      for (slice, one) in zip(slices, calibrated(model, slices, parts, isDrawn: isDrawn)) {
        found[slice] = one
      }
    }
    for context in contexts {
      add([context], [samples.sample(cells: table.cells[context])], isDrawn: true)
    }
    for grouping in table.groupings {
      add(
        grouping.members,
        samples.samples(partOfCell: grouping.memberOfCell, count: grouping.members.count),
        isDrawn: grouping.attributes.count == 1)
    }
    return table.slices.indices.compactMap { found[$0] }
  }

  /// Slices that share no row, their labels drawn in parallel over slices and blocks of replicates.
  private func calibrated(
    _ model: Int, _ slices: [Int], _ parts: [CalibrationSample], isDrawn: Bool
  ) -> [SliceCalibration] {
    let isResampled =
      isDrawn && !plan.rows.isClustered && plan.configuration.labelDraws > 0
    // The band's limits are the outermost draws at least.
    let tail = (1 - plan.configuration.confidence) / 2
    let drawsCurve =
      plan.configuration.suppressBelow == nil
      && Double(plan.configuration.labelDraws + 1) * tail >= 1
    let calibrators = parallel.map(slices.count) { place in
      SliceCalibrator(
        slice: slices[place], sample: parts[place], edges: edges[model] ?? BinEdges(),
        replicates: plan.configuration.labelDraws, seed: plan.configuration.seed,
        family: StreamFamily.calibration(model: model, slice: slices[place]),
        isResampled: isResampled && !withheld.contains(slices[place]), drawsCurve: drawsCurve)
    }
    let jobs = calibrators.indices.flatMap { place in
      (0..<calibrators[place].blocks).map { (place: place, block: $0) }
    }
    let part = Parallel.Part("drawing labels", jobs.count, "blocks")
    let blocks = parallel.map(jobs.count, part) { job in
      calibrators[jobs[job].place].run(block: jobs[job].block)
    }
    return parallel.map(calibrators.count) { place in
      let own = jobs.indices.filter { jobs[$0].place == place }.map { blocks[$0] }
      return calibration(model, calibrators[place], own, isDrawn: isDrawn)
    }
  }

  private func calibration(
    _ model: Int, _ calibrator: SliceCalibrator, _ blocks: [SliceCalibrator.Block], isDrawn: Bool
  ) -> SliceCalibration {
    let (slice, sample) = (calibrator.slice, calibrator.sample)
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
    if isDrawn, plan.rows.isClustered || plan.configuration.labelDraws == 0 {
      result.errors = calibrator.distances(
        without: plan.rows.isClustered ? "not_available (clustered)" : "no labels are drawn")
    } else {
      result.errors = calibrator.distances(blocks)
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
    if isDrawn, plan.configuration.suppressBelow == nil {
      result.diagram = calibrator.diagram(blocks, level: plan.configuration.confidence)
    }
    return result
  }

  private func estimate(_ metric: String, _ model: Int, _ slice: Int) -> Estimate? {
    estimates.first { $0.metric.id == metric && $0.model == model }?.estimates[slice]
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// One record for every metric, model and slice; overall only for what could not be reckoned.
  func measurements() -> [SliceMeasurement] {
    let sizes = sizes().map { Int($0) }
    let effects = DesignEffect(plan, tallies, parallel)
    let measured = parallel.map(estimates) { entry in
      plan.slices.slices.indices.map { slice in
        var result = record(entry, slice, sizes[slice])
        result.designEffect = effects.designEffect(entry, slice)
        return result
      }
    }
    return measured.flatMap { $0 }
      + unmeasured.map { entry in
        var result = SliceMeasurement(
          model: entry.model.map { plan.models[$0].name }, metric: entry.metric.id, slice: .overall,
          n: plan.rows.total)
        result.status = .notMeasured
        result.reason = entry.reason
        return result
      }
  }

  private func record(_ entry: MetricEstimates, _ slice: Int, _ size: Int) -> SliceMeasurement {
    let estimate = entry.estimates[slice]
    var result = SliceMeasurement(
      model: entry.model.map { plan.models[$0].name }, metric: entry.metric.id,
      slice: plan.slices.slices[slice], n: withheld.contains(slice) ? nil : size)
    result.status = estimate.status
    result.reason = estimate.reason
    result.value = estimate.value
    result.standardError = estimate.value == nil ? nil : estimate.variance.map { $0.squareRoot() }
    result.numerator = estimate.numerator
    result.denominator =
      estimate.denominator ?? (estimate.status == .suppressed ? nil : estimate.support)
    result.interval = estimate.interval
    result.intervalReason = estimate.intervalReason
    result.nullReference = estimate.nullReference
    return result
  }

  func curves() -> [SliceCurves] {
    ranked.compactMap { $0 }.flatMap { found in
      found.indices.compactMap { withheld.contains($0) ? nil : found[$0].curves }
    }
  }

  func sliceRecords() -> [SliceRecord] {
    let sizes = sizes()
    let clusters = plan.rows.isClustered ? ClusterCovariance(plan).clusters : nil
    return plan.slices.slices.indices.map { slice in
      var record = SliceRecord(slice: plan.slices.slices[slice])
      guard !withheld.contains(slice) else {
        record.status = .suppressed
        record.reason = Self.withheldReason
        return record
      }
      record.n = Int(sizes[slice])
      record.share = sizes[slice] / Double(plan.rows.total)
      record.clusters = clusters?[slice]
      let sums = tallies[0].decisions[slice]
      if plan.hasLabels {
        record.positives = DecisionCounts(sums.rows).sum(BaseRate().counted)
        record.baseRate = try? BaseRate().value(DecisionCounts(sums.weighted))
      }
      if plan.rows.isWeighted { (record.weight, record.effectiveN) = weights(slice) }
      return record
    }
  }

  /// Σw and (Σw)²/Σw² over a slice.
  private func weights(_ slice: Int) -> (Double, Double) {
    let cells = Set(plan.slices.cells[slice])
    var (sum, squares) = (0.0, 0.0)
    for row in 0..<plan.rows.count where cells.contains(plan.rows.cells[row]) {
      let weight = plan.rows.weights[row]
      sum += weight * plan.rows.multiplicities[row]
      squares += weight * weight * plan.rows.multiplicities[row]
    }
    return (sum, sum * sum / squares)
  }

  /// The additive summaries by full-depth cell; `nil` where small cells are withheld, since they could
  /// be read off it.
  func tallyRecord() -> Tally? {
    guard plan.configuration.suppressBelow == nil else { return nil }
    var sizes = Array(repeating: 0.0, count: plan.slices.cellCount)
    for row in 0..<plan.rows.count {
      sizes[Int(plan.rows.cells[row])] += plan.rows.multiplicities[row]
    }
    let cells = (0..<plan.slices.cellCount).map { cell in
      TallyCell(
        slice: plan.slices.cellSlices[cell], n: Int(sizes[cell]),
        counts: tallies.map { tally in
          (0..<8).map { tally.decisionCells[cell].weighted[$0] }
        },
        sums: tallies.map { tally in
          tally.momentCells.isEmpty
            ? nil : (0..<7).map { tally.momentCells[cell].weighted[$0] }
        })
    }
    return Tally(models: plan.models.map(\.name), cells: cells)
  }

  func attributeRecords() -> [AttributeRecord] {
    plan.attributes.map { attribute in
      let grouping = plan.slices.groupings.first { $0.attributes == [attribute.name] }
      let reference = grouping?.reference.flatMap {
        plan.slices.slices[$0].group(of: attribute.name) ?? nil
      }
      return AttributeRecord(
        name: attribute.name, groups: attribute.groups.compactMap { $0 }, reference: reference,
        missing: columnNotes().first { $0.name == attribute.name && $0.role == "attribute" }?
          .missing)
    }
  }

  /// How columns were read; without the number of missing values where that slice is withheld.
  func columnNotes() -> [ColumnNote] {
    plan.notes.map { note in
      var result = note
      if hidesMissing(note.name) { result.missing = nil }
      return result
    }
  }

  private func hidesMissing(_ column: String) -> Bool {
    let slice = Slice([.init(attribute: column, group: nil)])
    return withheld.contains { plan.slices.slices[$0] == slice }
  }

  /// By which engine each family of numbers was reckoned.
  func engines() -> [String: String] {
    let rows = plan.rows
    let intervals = plan.configuration.intervals
    let replicated =
      intervals.bootstrap == .studentized
      ? "studentized bootstrap" : "\(intervals.bootstrap.rawValue) bootstrap"
    let isResampled = rows.isClustered && plan.configuration.method == .bootstrap
    let single = rows.isClustered ? "cluster_linearised" : rows.isWeighted ? "linearised" : nil
    let spread = isResampled ? "cluster bootstrap, studentized" : single
    var result = [
      "rates": spread
        ?? (intervals.rate == .bootstrap
          ? "\(replicated), counts engine" : intervals.rate.rawValue),
      "composites": spread ?? "\(replicated), counts engine",
      "gaps_of_decisions": spread.map {
        isResampled ? "max_t, cluster bootstrap" : "\($0), normal theory"
      }
        ?? "max_t, counts engine",
    ]
    if spread == nil {
      result["differences_of_rates_to_reference"] = intervals.difference.rawValue
      result["ratios_of_rates_to_reference"] = intervals.ratio.rawValue
    }
    if plan.models.contains(where: { $0.kind != .decision }) {
      let resamples = spread == nil && plan.configuration.method == .bootstrap
      result["losses_and_means"] =
        spread
        ?? (resamples ? "\(replicated), rows engine" : "influence_function")
      if resamples { result["gaps_of_losses_and_means"] = "max_t, rows engine" }
      let ranks = resamples && ranksAreResampled
      result["rankings"] =
        single ?? (ranks ? "\(replicated), ranks engine" : "delong, influence_function")
      if ranks {
        result["gaps_of_rankings"] = "max_t, ranks engine"
        result["score_quantiles"] = "\(quantileBootstrap.rawValue) bootstrap, ranks engine"
      }
      result["calibration_fits"] = single ?? "hessian, sandwich"
      result["calibration_error"] = spread == nil ? "consistency resampling" : "not_available"
      result["gaps_of_scores"] = "normal theory (tukey, dunnett, sidak)"
    }
    return result
  }
}

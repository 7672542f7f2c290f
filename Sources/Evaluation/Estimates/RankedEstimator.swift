// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandParallel

/// Everything about one model that needs a slice's rows in the order of their scores.
struct RankedEstimator: Sendable {
  let plan: Plan
  let model: Int
  let catalogue: Catalogue
  private let order: ScoreOrder
  /// The same edges in every slice; `nil` for scores that are no probabilities, or without labels.
  private(set) var edges: BinEdges?
  /// The view of all rows, where the edges come from it.
  private var everybody: RankedScores?

  /// What a slice's view says.
  struct Found: Sendable {
    var ranked: [Estimate] = []
    /// Rows with a score and a label.
    var positives = 0.0
    var negatives = 0.0
    var influences: [ScoreInfluence?] = []
    var quantiles: [Estimate] = []
    var binned: BinnedScores?
    var curves: SliceCurves?
    var view: RankedScores?
    /// What the joint covariance needs of the influences.
    var steps: InfluenceSteps?
  }

  init(_ plan: Plan, model: Int, catalogue: Catalogue, order: ScoreOrder) {
    self.plan = plan
    self.model = model
    self.catalogue = catalogue
    self.order = order
    guard plan.models[model].kind == .probability, plan.hasLabels else { return }
    let all = view(0..<UInt32(order.count))
    (edges, everybody) = (BinEdges(equalMass: all), all)
  }

  /// The findings of every slice; contexts first, since members' covariances refer to them.
  func found(_ parallel: Parallel) -> [Found] {
    let slices = plan.slices
    let partitions = slices.partitions
    var result = Array(repeating: Found(), count: slices.slices.count)
    let contexts = partitions.filter { $0.depth == 0 }
    let ofContexts = parallel.map(contexts) { context in
      views(context) { slice, view in
        var found = find(view, slice: slice, drawsCurves: true, context: nil, parallel)
        found.view = view
        return found
      }
    }
    for (slice, found) in ofContexts.joined() { result[slice] = found }
    let complete = result
    let members = parallel.map(partitions.filter { $0.depth > 0 }) { grouping in
      views(grouping) { slice, view in
        find(
          view, slice: slice, drawsCurves: grouping.depth == 1,
          context: complete[slices.contexts[slice]], Parallel(threads: 1))
      }
    }
    for (slice, found) in members.joined() { result[slice] = found }
    return result
  }

  /// How fine the steps of the influences are. Models are compared by the differences of theirs, which
  /// are small beside them: exactly, unless the table is long.
  private var steps: Int {
    plan.configuration.baseline != nil && plan.rows.count <= 1 << 17
      ? 1 << 17 : InfluenceSteps.most
  }

  /// What `body` makes of the view of each slice of a partition.
  private func views(_ partition: SlicePartition, _ body: (Int, RankedScores) -> Found)
    -> [(slice: Int, found: Found)]
  {
    if let everybody, partition.placeOfCell.allSatisfy({ $0 == 0 }) {
      return [(partition.slices[0], body(partition.slices[0], everybody))]
    }
    return zip(partition.slices, order.places(partition)).map { ($0, body($0, view($1))) }
  }

  private func view(_ places: some RandomAccessCollection<UInt32>) -> RankedScores {
    var view = RankedScores(capacity: places.count)
    for place in places.lazy.map(Int.init) {
      view.append(
        score: order.scores[place], label: order.label(place), weight: order.weight(place),
        rows: order.multiplicities[place])
    }
    return view
  }

  private func find(
    _ view: RankedScores, slice: Int, drawsCurves: Bool, context: Found?, _ parallel: Parallel
  ) -> Found {
    var found = Found()
    (found.positives, found.negatives) = (view.positiveRows, view.negativeRows)
    var influences: [ScoreInfluence?] = []
    let places = catalogue.ranked.isEmpty ? nil : context?.view.map { view.places(in: $0) }
    let estimates = parallel.map(catalogue.ranked.count) {
      estimate(catalogue.ranked[$0], view, places, context?.influences[$0])
    }
    for (estimate, influence) in estimates {
      found.ranked.append(estimate)
      influences.append(influence)
      // Covariances with members and clusters need it later; a view can be as long as the table.
      found.influences.append(context == nil || plan.rows.isClustered ? influence : nil)
    }
    if !influences.isEmpty { found.steps = InfluenceSteps(view, influences, most: steps) }
    if plan.rows.isClustered { found.view = view }
    if !catalogue.quantiles.isEmpty {
      let weights = CumulativeWeights(view)
      found.quantiles = catalogue.quantiles.map { quantile($0, view, weights) }
    }
    if let edges { found.binned = BinnedScores(view, edges: edges) }
    if drawsCurves { found.curves = curves(view, slice, found.binned) }
    return found
  }

  /// - Parameters:
  ///   - places: where the view's scores stand in its context's view; `nil` for a context itself.
  ///   - ofContext: the influences of the context's rows on the metric.
  private func estimate(
    _ metric: any RankedMetric, _ view: RankedScores, _ places: [Int32]?,
    _ ofContext: ScoreInfluence?
  ) -> (Estimate, ScoreInfluence?) {
    var result = Estimate()
    result.support = metric.support(view)
    do throws(Undefined) {
      let found = try metric.estimate(view)
      result.value = found.value
      result.variance = plan.rows.isWeighted ? found.influence.variance(view) : found.variance
      // Rounding of weights leaves a trace where all placements are equal.
      if found.variance <= 1e-24 { smoothBoundary(&result) }
      result.denominator = result.support
      if places == nil {
        result.covarianceWithContext = result.variance
      } else if let places, let ofContext {
        result.covarianceWithContext = found.influence.covariance(view, with: ofContext, at: places)
      }
      return (result, found.influence)
    } catch {
      let reason = plan.hasLabels ? error.reason : "no label column"
      return (.undefined(reason, support: result.support), nil)
    }
  }

  /// A perfect ranking shows no variation: it is counted as if one row of the smaller class could
  /// have been ranked otherwise.
  private func smoothBoundary(_ estimate: inout Estimate) {
    guard let value = estimate.value, estimate.support > 0 else { return }
    let n = estimate.support + 2
    let smoothed = (value * estimate.support + 1) / n
    estimate.variance = smoothed * (1 - smoothed) / n
  }

  private func quantile(
    _ metric: ScoreQuantile, _ view: RankedScores, _ weights: CumulativeWeights
  ) -> Estimate {
    var result = Estimate()
    result.support = metric.support(view)
    do throws(Undefined) {
      result.value = try metric.value(weights)
    } catch {
      return .undefined(error.reason)
    }
    result.denominator = result.support
    result.requireSupport(plan.configuration.minimum, metric)
    guard plan.rows.isSimple else {
      result.intervalReason = "not_available (\(plan.rows.isClustered ? "clustered" : "weighted"))"
      return result
    }
    let confidence = plan.configuration.confidence
    guard
      let ranks = OrderStatistic.ranks(
        count: Int(view.rows), quantile: Double(metric.percent) / 100, confidence: confidence),
      let low = weights.score(rank: ranks.low), let high = weights.score(rank: ranks.high)
    else {
      result.intervalReason = "too few rows for an interval of this quantile"
      return result
    }
    guard low < high else {
      result.intervalReason = "both limits fall on the same score"
      return result
    }
    result.interval = ReportedInterval(
      low: low, high: high, level: confidence, method: "order_statistics")
    return result
  }

  private func curves(_ view: RankedScores, _ slice: Int, _ binned: BinnedScores?) -> SliceCurves {
    let model = plan.models[model]
    var result = SliceCurves(model: model.name, slice: plan.slices.slices[slice])
    result.roc = (try? ROCCurve(view))?.points.map { [$0.falsePositiveRate, $0.truePositiveRate] }
    if let binned { result.reliability = reliability(binned) }
    if let lowest = model.lowest, let highest = model.highest {
      let isProbability = model.kind == .probability
      result.histogram = ScoreHistogram(
        view, low: isProbability ? 0 : lowest, high: isProbability ? 1 : highest)
    }
    return result
  }

  /// Observed rates with Wilson's interval, on effective rows where rows are weighted.
  private func reliability(_ binned: BinnedScores) -> [ReliabilityBin] {
    binned.weights.indices.filter { binned.weights[$0] > 0 }.map { bin in
      let rate = binned.positives[bin] / binned.weights[bin]
      let n = binned.effectiveRows(bin)
      let interval = Wilson.interval(
        successes: rate * n, trials: n, confidence: plan.configuration.confidence)
      return ReliabilityBin(
        meanScore: binned.scoreSums[bin] / binned.weights[bin], observedRate: rate,
        low: min(interval.low, rate), high: max(interval.high, rate), n: n)
    }
  }
}

extension ScoreHistogram {
  /// The shares of a view's rows in equally wide bins; the last bin includes its upper end.
  init?(_ view: RankedScores, low: Double, high: Double, bins: Int = 20) {
    var shares = Array(repeating: 0.0, count: bins)
    let width = high > low ? (high - low) / Double(bins) : 1
    var total = 0.0
    for (index, score) in view.scores.enumerated() {
      let weight = view.positives[index] + view.negatives[index] + view.unlabelled[index]
      let bin = Int(((score - low) / width).rounded(.down))
      shares[min(max(bin, 0), bins - 1)] += weight
      total += weight
    }
    guard total > 0 else { return nil }
    self.init(low: low, high: low + width * Double(bins), shares: shares.map { $0 / total })
  }
}

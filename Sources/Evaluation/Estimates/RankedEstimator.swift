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
  /// By place in the order, which of all distinct scores it has.
  private let ranks: [Int32]
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
    ranks = order.ranks
    guard plan.models[model].kind == .probability, plan.hasLabels else { return }
    let all = view(0..<UInt32(order.count)).view
    (edges, everybody) = (BinEdges(equalMass: all), all)
  }

  /// The findings of every slice; contexts first, since members' covariances refer to them.
  func found(_ parallel: Parallel) -> [Found] {
    let slices = plan.slices
    let partitions = slices.partitions
    var result = Array(repeating: Found(), count: slices.slices.count)
    let ofContexts = parallel.map(partitions.filter { $0.depth == 0 }) { context in
      views(context) { slice, view, _ in
        find(view, slice: slice, drawsCurves: true, context: nil, parallel)
      }
    }
    for (slice, found) in ofContexts.joined() { result[slice] = found }
    let complete = result
    let members = parallel.map(partitions.filter { $0.depth > 0 }) { grouping in
      views(grouping) { slice, view, ranks in
        let context = complete[slices.contexts[slice]]
        let isOfAll = slices.contexts[slice] == 0
        let places = isOfAll ? ranks : context.view.map { view.places(in: $0) } ?? []
        return find(
          view, slice: slice, drawsCurves: grouping.depth == 1, context: (context, places),
          Parallel(threads: 1))
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

  /// What `body` makes of each slice of a partition: its view, and which of all distinct scores it has.
  private func views(
    _ partition: SlicePartition, _ body: (Int, RankedScores, [Int32]) -> Found
  ) -> [(slice: Int, found: Found)] {
    if let everybody, partition.placeOfCell.allSatisfy({ $0 == 0 }) {
      let own = Array(0..<Int32(everybody.scores.count))
      return [(partition.slices[0], body(partition.slices[0], everybody, own))]
    }
    return zip(partition.slices, order.places(partition)).map { slice, places in
      let (view, ranks) = view(places)
      return (slice, body(slice, view, ranks))
    }
  }

  private func view(_ places: some RandomAccessCollection<UInt32>)
    -> (view: RankedScores, ranks: [Int32])
  {
    var view = RankedScores(capacity: places.count)
    var own: [Int32] = []
    own.reserveCapacity(places.count)
    for place in places.lazy.map(Int.init) {
      if own.last != ranks[place] { own.append(ranks[place]) }
      view.append(
        score: order.scores[place], label: order.label(place), weight: order.weight(place),
        rows: order.multiplicities[place])
    }
    return (view, own)
  }

  /// - Parameter context: of a slice that is none itself, and at which places of its view the slice's scores
  ///   stand.
  private func find(
    _ view: RankedScores, slice: Int, drawsCurves: Bool,
    context: (found: Found, places: [Int32])?, _ parallel: Parallel
  ) -> Found {
    var view = view
    if catalogue.ranked.contains(where: \.needsProbability) {
      view.addLogits(from: context?.found.view, at: context?.places ?? [])
    }
    var found = Found()
    (found.positives, found.negatives) = (view.positiveRows, view.negativeRows)
    var influences: [ScoreInfluence?] = []
    let complete = view
    // Logistic fits, which come last, take longest: they are begun first.
    let last = catalogue.ranked.count - 1
    let estimates = parallel.map(catalogue.ranked.count) {
      estimate(
        catalogue.ranked[last - $0], complete, context?.places,
        context?.found.influences[last - $0])
    }
    for (estimate, influence) in estimates.reversed() {
      found.ranked.append(estimate)
      influences.append(influence)
      // Covariances with members and clusters need it later; a view can be as long as the table.
      found.influences.append(context == nil || plan.rows.isClustered ? influence : nil)
    }
    if !influences.isEmpty { found.steps = InfluenceSteps(view, influences, most: steps) }
    if context == nil || plan.rows.isClustered { found.view = view }
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
}

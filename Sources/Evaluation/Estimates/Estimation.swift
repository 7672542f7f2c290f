// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandInference
import EvenhandMetrics
import EvenhandParallel

/// All estimates of an evaluation on their way from summaries to gaps.
struct Estimation: Sendable {
  let plan: Plan
  let catalogue: Catalogue
  let parallel: Parallel
  let tallies: [ModelTally]
  /// By model; `nil` for a model of decisions.
  let ranked: [[RankedEstimator.Found]?]
  /// By model; `nil` for a model of decisions.
  let orders: [ScoreOrder?]
  /// By model: the score bins of all slices; `nil` where scores are no probabilities.
  let edges: [BinEdges?]
  /// By model and slice: what intervals of the debiased squared error and of its gaps come from.
  let debiased: [[DebiasedCalibration?]]
  /// Every metric of every model that could be reckoned.
  var estimates: [MetricEstimates]
  /// Metrics that could not be reckoned for a model at all, and why.
  var unmeasured: [(metric: any Metric, model: Int?, reason: String)]
  /// By entry of `estimates`: contrasts to judge jointly, and their replicates.
  var families: [[ContrastFamily]] = []
  var maxima: [[[Double]]?] = []
  /// By entry of `estimates`, family and replicate: the double-corrected variance between groups.
  var spreads: [[[Double]]] = []
  /// Slices that are withheld.
  var withheld: Set<Int> = []

  init(_ plan: Plan, _ catalogue: Catalogue, _ parallel: Parallel) {
    self.plan = plan
    self.catalogue = catalogue
    self.parallel = parallel
    tallies = parallel.map(plan.models.count) { ModelTally(plan, model: $0) }
    let clusters = plan.rows.isClustered ? ClusterCovariance(plan) : nil
    var estimates: [MetricEstimates] = []
    var unmeasured: [(metric: any Metric, model: Int?, reason: String)] = []
    var ranked: [[RankedEstimator.Found]?] = []
    let orders = parallel.map(plan.models.count) { model in
      plan.rows.scores[model].isEmpty ? nil : ScoreOrder(plan.rows, model: model)
    }
    var edges: [BinEdges?] = []
    var debiased: [[DebiasedCalibration?]] = []
    for model in plan.models.indices {
      let (decided, without) = Self.decisionMetrics(plan, catalogue, model)
      unmeasured += without
      let tally = tallies[model]
      estimates += parallel.map(decided) {
        DecisionEstimator(plan: plan, tally: tally, model: model, metric: $0).estimates(clusters)
      }
      estimates += Self.countEstimates(plan, catalogue, tally, model)
      let scored = Self.scoreEstimates(
        plan, catalogue, tally, model, orders[model], clusters, parallel)
      estimates += scored.estimates
      unmeasured += scored.unmeasured
      ranked.append(scored.found)
      edges.append(scored.edges)
      debiased.append(scored.debiased)
    }
    self.estimates = estimates
    self.unmeasured = unmeasured
    self.ranked = ranked
    self.orders = orders
    self.edges = edges
    self.debiased = debiased
    for index in self.estimates.indices { self.estimates[index].addLogarithms(plan.slices) }
  }

  /// Without labels only the selection rate can be reckoned; the base rate is no model's.
  private static func decisionMetrics(_ plan: Plan, _ catalogue: Catalogue, _ model: Int)
    -> ([any DecisionMetric], [(metric: any Metric, model: Int?, reason: String)])
  {
    var measured: [any DecisionMetric] = []
    var without: [(metric: any Metric, model: Int?, reason: String)] = []
    for metric in catalogue.decision {
      let isBaseRate = metric.id == BaseRate().id
      if isBaseRate && model > 0 { continue }
      if plan.hasLabels || metric.id == SelectionRate().id {
        measured.append(metric)
      } else {
        without.append((metric, isBaseRate ? nil : model, "no label column"))
      }
    }
    return (measured, without)
  }

  private static func countEstimates(
    _ plan: Plan, _ catalogue: Catalogue, _ tally: ModelTally, _ model: Int
  ) -> [MetricEstimates] {
    guard plan.hasLabels else { return [] }
    return catalogue.counts.map { metric in
      let estimates = tally.decisions.map { sums in
        var estimate = Estimate()
        estimate.value = DecisionCounts(sums.weighted).sum(metric.cell)
        estimate.support = metric.support(DecisionCounts(sums.rows))
        estimate.intervalReason = "a count of what was observed"
        return estimate
      }
      return MetricEstimates(metric: metric, model: model, estimates: estimates)
    }
  }

  /// Everything that is reckoned from one model's scores.
  private struct Scored {
    var estimates: [MetricEstimates] = []
    var found: [RankedEstimator.Found]?
    var unmeasured: [(metric: any Metric, model: Int?, reason: String)] = []
    var edges: BinEdges?
    var debiased: [DebiasedCalibration?] = []
  }

  private static func scoreEstimates(
    _ plan: Plan, _ catalogue: Catalogue, _ tally: ModelTally, _ model: Int,
    _ order: ScoreOrder?, _ clusters: ClusterCovariance?, _ parallel: Parallel
  ) -> Scored {
    let kind = plan.models[model].kind
    var result = Scored()
    func isMeasured(_ metric: any Metric, needsProbability: Bool, needsLabel: Bool) -> Bool {
      let reason: String? =
        kind == .decision
        ? "decisions have no score"
        : needsProbability && kind != .probability
          ? "scores are not probabilities"
          : needsLabel && !plan.hasLabels ? "no label column" : nil
      if let reason { result.unmeasured.append((metric, model, reason)) }
      return reason == nil
    }
    let quantiles = catalogue.quantiles.filter {
      isMeasured($0, needsProbability: false, needsLabel: false)
    }
    let rankedMetrics = catalogue.ranked.filter {
      isMeasured($0, needsProbability: $0.needsProbability, needsLabel: true)
    }
    let binned = catalogue.binned.filter {
      isMeasured($0, needsProbability: true, needsLabel: true)
    }
    let debiased = catalogue.debiased.filter {
      guard isMeasured($0, needsProbability: true, needsLabel: true) else { return false }
      guard plan.rows.isClustered else { return true }
      result.unmeasured.append(($0, model, "not_available (clustered)"))
      return false
    }
    let probability = catalogue.probability.filter {
      isMeasured(
        $0, needsProbability: $0.needsProbability, needsLabel: $0.id != MeanScore().id)
    }
    guard let order else { return result }
    let measured = Set(
      quantiles.map(\.id) + rankedMetrics.map(\.id) + binned.map(\.id) + probability.map(\.id))
    let own = catalogue.filter { measured.contains($0.id) }
    let estimator = RankedEstimator(plan, model: model, catalogue: own, order: order)
    let found = estimator.found(parallel)
    result.edges = estimator.edges
    result.estimates = parallel.map(rankedMetrics.count) {
      estimator.rankedEstimates($0, found, clusters)
    }
    result.estimates += parallel.map(probability) {
      ProbabilityEstimator(plan: plan, tally: tally, model: model, metric: $0).estimates(clusters)
    }
    if let edges = estimator.edges {
      if let metric = binned.first {
        let draws =
          plan.rows.isSimple
          ? LabelDraws(plan, model: model, edges: edges, parallel)
            .references(found.map(\.binned), parallel)
          : found.map { _ in nil }
        result.estimates.append(estimator.calibrationErrors(metric, found, draws))
      }
      if let metric = debiased.first {
        let estimator = DebiasedEstimator(
          plan: plan, model: model, metric: metric, edges: edges,
          order: order, parallel: parallel)
        result.debiased = estimator.calibrations()
        result.estimates.append(estimator.estimates(result.debiased))
      }
    }
    result.estimates += quantiles.indices.map { estimator.quantileEstimates($0, found) }
    // Views are as long as the table; nothing needs them from here on.
    result.found = found.map {
      var kept = $0
      kept.view = nil
      kept.influences = []
      return kept
    }
    return result
  }
}

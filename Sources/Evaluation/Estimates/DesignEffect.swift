// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandParallel

/// How much more (or less) a value varies than if as many rows had been drawn independently, all with
/// the same weight, from the same population.
///
/// deff = Var / Var₀, with Var as reported and Var₀ = S²/n over the n rows that the metric looks at.
/// S² = n/(n−1) Σ w e² / Σ w is the population's variance, estimated with the weights: for a rate
/// Var₀ = p(1−p)/(n−1), in general Σw/(n−1) Σ w ψ², with ψ = ∇·x the influence of a row of weight 1 that
/// adds x to the sums. The n−1 cancels against the n/(n−1) of weighted rows and, where every cluster is
/// one row, against the G/(G−1) of clusters: equal weights have a design effect of exactly 1.
///
/// Source: Kish 1965, Survey Sampling, section 8.2. For clusters of m rows it is near 1 + (m−1)ρ, for
/// weights that have nothing to do with the outcome near 1 + CV²(w).
struct DesignEffect: Sendable {
  private let plan: Plan
  private let tallies: [ModelTally]
  /// By model and slice: Σ w x·xᵀ of score moments, where rows are weighted.
  private let moments: [[CrossProducts]]

  /// - Complexity: one pass over the rows of every model with scores, if they are weighted.
  init(_ plan: Plan, _ tallies: [ModelTally], _ parallel: Parallel) {
    self.plan = plan
    self.tallies = tallies
    moments = parallel.map(plan.models.count) { model in
      plan.rows.isWeighted && !plan.rows.scores[model].isEmpty ? Self.moments(plan, model) : []
    }
  }

  private static func moments(_ plan: Plan, _ model: Int) -> [CrossProducts] {
    let rows = plan.rows
    var cells = Array(repeating: CrossProducts(), count: plan.slices.cellCount)
    for row in 0..<rows.count where !rows.scores[model][row].isNaN {
      cells[Int(rows.cells[row])].add(
        ScoreMoments.row(score: rows.scores[model][row], label: rows.label(row)),
        scale: rows.weight(row) * rows.multiplicities[row])
    }
    return plan.slices.cells.map { members in
      var sum = CrossProducts()
      for cell in members { sum += cells[Int(cell)] }
      return sum
    }
  }

  /// The design effect of a metric on a slice; `nil` where rows are unweighted and independent, where
  /// there is no variation, and for metrics of rankings.
  func designEffect(_ entry: MetricEstimates, _ slice: Int) -> Double? {
    let estimate = entry.estimates[slice]
    guard !plan.rows.isSimple, estimate.status != .suppressed, estimate.varies,
      let variance = estimate.variance
    else { return nil }
    let model = entry.model ?? 0
    let simple: Double?
    if let metric = entry.metric as? any DecisionMetric {
      simple = simpleVariance(metric, tallies[model].decisions[slice])
    } else if let metric = entry.metric as? any ProbabilityMetric {
      simple = simpleVariance(metric, model, slice)
    } else {
      simple = nil
    }
    guard let simple, simple > 0, simple.isFinite else { return nil }
    return variance / simple
  }

  private func simpleVariance(_ metric: any DecisionMetric, _ sums: AdditiveTally) -> Double? {
    guard let slope = try? metric.gradient(DecisionCounts(sums.weighted)) else { return nil }
    let among =
      (metric as? any RatioOfCounts)?.denominator ?? DecisionCells.labelledAndDecided.indicator
    // Rows lie in one cell each.
    return simpleVariance(
      rows: among.replacing(with: sums.rows, where: among .> 0).sum(),
      weight: among.replacing(with: sums.weighted, where: among .> 0).sum(),
      squares: (sums.weighted * slope * slope).sum())
  }

  private func simpleVariance(
    _ metric: any ProbabilityMetric, _ model: Int, _ slice: Int
  ) -> Double? {
    let sums = tallies[model].moments[slice]
    guard let slope = try? metric.gradient(ScoreMoments(sums.weighted)) else { return nil }
    let products = plan.rows.isWeighted ? moments[model][slice] : sums.products
    // Scored rows, with a label where the metric needs one.
    let place = metric.needsProbability ? 2 : 0
    return simpleVariance(
      rows: sums.rows[place], weight: sums.weighted[place], squares: products.form(slope, slope))
  }

  private func simpleVariance(rows: Double, weight: Double, squares: Double) -> Double? {
    rows > 1 ? weight / (rows - 1) * squares : nil
  }
}

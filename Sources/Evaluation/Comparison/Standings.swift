// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandLinearAlgebra
import EvenhandMetrics
import EvenhandParallel
import EvenhandSampling

extension PairedChanges {
  /// All models by a metric over everybody: who can be told apart, and who leads in how many draws.
  ///
  /// Draws are normal with the models' joint covariance. Two models are tied unless their difference lies
  /// beyond the quantile of the largest |t| over all pairs, so that all such findings hold at once; the
  /// ranks that remain are 1 + the models found better … all − the models found worse.
  ///
  /// - Returns: `nil` for a metric that says nothing of better or worse, or lacks a model.
  func standings(_ metric: any Metric) -> ModelStandings? {
    let plan = estimation.plan
    let sign: Double
    switch metric.direction {
    case .higherIsBetter: sign = 1
    case .lowerIsBetter: sign = -1
    case .closer, .descriptive: return nil
    }
    let entries = estimation.estimates.filter { $0.metric.id == metric.id && $0.model != nil }
    guard entries.count == plan.models.count, entries.count > 1, hasInfluence(metric),
      entries.allSatisfy({ $0.estimates[0].status == .ok })
    else { return nil }
    let values = entries.map { sign * ($0.estimates[0].value ?? 0) }
    let count = values.count
    let pairs = (0..<count).flatMap { b in (0..<b).map { (a: $0, b: b) } }
    var errors = Matrix(rows: count, columns: count)
    for pair in pairs {
      let variance = variance(entries[pair.a], entries[pair.b], slice: 0)
      errors[pair.a, pair.b] = variance.squareRoot()
      errors[pair.b, pair.a] = errors[pair.a, pair.b]
    }
    let draws = draws(entries, errors)
    let critical = critical(pairs, errors, draws)
    func better(_ a: Int, than b: Int) -> Bool {
      values[a] - values[b] > critical * errors[a, b]
    }
    let order = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
    let standings = order.map { model in
      let others = values.indices.filter { $0 != model }
      return ModelStanding(
        model: plan.models[model].name, value: sign * values[model],
        bestRank: 1 + others.count { better($0, than: model) },
        worstRank: count - others.count { better(model, than: $0) },
        leads: rounded(Self.leads(model, values, draws)),
        tiedWith: others.filter { !better($0, than: model) && !better(model, than: $0) }
          .map { plan.models[$0].name })
    }
    return ModelStandings(metric: metric.id, critical: rounded(critical), models: standings)
  }

  /// Deviations of the models' values from the truth, by draw.
  ///
  /// The covariances follow from the variances of the values and of their differences, so that both are
  /// those that are reported: C(a, b) = (V(a) + V(b) − V(a − b)) / 2.
  private func draws(_ entries: [MetricEstimates], _ errors: Matrix) -> [[Double]] {
    let count = entries.count
    let variances = entries.map { $0.estimates[0].variance ?? 0 }
    var covariance = Matrix(rows: count, columns: count)
    for a in 0..<count {
      for b in 0..<count {
        covariance[a, b] = (variances[a] + variances[b] - errors[a, b] * errors[a, b]) / 2
      }
    }
    guard let cholesky = PivotedCholesky(covariance, tolerance: 1e-9) else { return [] }
    let factor = cholesky.factor
    let configuration = estimation.plan.configuration
    return (0..<min(2 * configuration.replicates, 20_000)).map { draw in
      var stream = RandomStream(
        seed: configuration.seed, family: StreamFamily.standings, replicate: UInt32(draw))
      let normals = (0..<factor.rows).map { _ in stream.normal() }
      return (0..<count).map { model in
        normals.indices.reduce(0) { $0 + factor[$1, model] * normals[$1] }
      }
    }
  }

  /// The quantile of the largest |t| over all pairs; never below that of a single pair.
  private func critical(_ pairs: [(a: Int, b: Int)], _ errors: Matrix, _ draws: [[Double]])
    -> Double
  {
    let confidence = estimation.plan.configuration.confidence
    let single = Normal.critical(confidence: confidence)
    guard pairs.count > 1, !draws.isEmpty else { return single }
    let maxima = draws.map { draw in
      pairs.reduce(0.0) { largest, pair in
        let error = errors[pair.a, pair.b]
        return error > 0 ? max(largest, abs(draw[pair.a] - draw[pair.b]) / error) : largest
      }
    }
    return max(single, MaxT(maxima: maxima).criticalValue(confidence: confidence))
  }

  /// The share of draws around the values in which no other model is better.
  private static func leads(_ model: Int, _ values: [Double], _ draws: [[Double]]) -> Double {
    guard !draws.isEmpty else { return values[model] == values.max() ? 1 : 0 }
    let leading = draws.count { draw in
      let own = values[model] + draw[model]
      return values.indices.allSatisfy { $0 == model || values[$0] + draw[$0] <= own }
    }
    return Double(leading) / Double(draws.count)
  }
}

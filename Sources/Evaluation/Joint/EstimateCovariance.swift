// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics
import EvenhandParallel
package import EvenhandTabular

/// The joint covariance of everything of a model that has an influence function.
package struct EstimateCovariance: Sendable {
  package struct Estimate: Sendable, Hashable {
    package var metric: String
    package var slice: Slice

    package init(_ metric: String, _ slice: Slice) {
      self.metric = metric
      self.slice = slice
    }
  }

  package var model: String
  /// In the order of the matrix.
  package var estimates: [Estimate]
  /// From influences, nothing smoothed.
  package var matrix: Matrix

  package func callAsFunction(_ one: Estimate, _ other: Estimate) -> Double? {
    guard let a = estimates.firstIndex(of: one), let b = estimates.firstIndex(of: other) else {
      return nil
    }
    return matrix[a, b]
  }
}

extension Evaluator {
  /// The joint covariances of the models' estimates on all slices where they have a value.
  package func covariances(_ table: Table) throws -> [EstimateCovariance] {
    try configuration.validate()
    LinearAlgebraRuntime.useOneThread()
    let plan = try Plan(table, configuration)
    let estimation = Estimation(
      plan, configuration.catalogue, Parallel(threads: configuration.threads))
    return plan.models.indices.map { model in
      let columns = estimation.columns(ofModel: model) { _ in Array(plan.slices.slices.indices) }
      return EstimateCovariance(
        model: plan.models[model].name,
        estimates: columns.map {
          EstimateCovariance.Estimate(
            estimation.estimates[$0.entry].metric.id, plan.slices.slices[$0.slice])
        }, matrix: JointCovariance(estimation, model: model, columns: columns).matrix)
    }
  }
}

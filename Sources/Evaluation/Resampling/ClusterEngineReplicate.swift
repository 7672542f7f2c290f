// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandParallel
package import EvenhandTabular

/// One replicate of the cluster bootstrap laid open, to be compared with a table of the drawn clusters.
package struct ClusterReplicate: Sendable {
  /// How often each cluster is drawn, in the canonical order of their ids.
  package var drawn: [Int] = []
  package var values: [Value] = []
  package var maxima: [Maximum] = []

  package struct Value: Sendable {
    package var metric: String
    package var slice: Slice
    package var value: Double
    package var variance: Double
  }

  /// The largest |t*| of a family.
  package struct Maximum: Sendable {
    package var metric: String
    package var attributes: [String]
    /// `pairs`, `reference` or `overall`.
    package var against: String
    package var isRatio: Bool
    package var value: Double
  }
}

extension Evaluator {
  /// A replicate of all decision and probability metrics that the configuration asks for.
  package func clusterReplicate(_ replicate: Int, of table: Table) throws -> ClusterReplicate {
    let plan = try Plan(table, configuration)
    let estimation = Estimation(plan, configuration.catalogue, Parallel(threads: 1))
    let targets = estimation.estimates.filter { ClusterEngine.isAvailable($0.metric) }.map {
      ClusterEngine.Target(
        estimates: $0, families: ContrastFamily.families($0, plan.slices), pivotSlices: [],
        scale: .identity)
    }
    return ClusterEngine(plan, targets).open(replicate)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics
import EvenhandParallel
package import EvenhandTabular

/// An evaluation up to its replicates, so that these can be timed by themselves.
package struct ReplicateRun: Sendable {
  private let estimation: Estimation

  /// Rows are tallied and everything is estimated once; which engines run is decided by the metrics and
  /// the method of the configuration.
  ///
  /// - Throws: as `Evaluator.evaluate(_:)`.
  package init(_ table: Table, _ configuration: Configuration) throws {
    try configuration.validate()
    LinearAlgebraRuntime.useOneThread()
    estimation = Estimation(
      try Plan(table, configuration), configuration.catalogue,
      Parallel(threads: configuration.threads))
  }

  /// Draws all replicates anew; returns how many estimates they belong to.
  package func draw() -> Int {
    var own = estimation
    own.resample()
    return own.estimates.count
  }
}

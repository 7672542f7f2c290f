// SPDX-License-Identifier: Apache-2.0
import Benchmark
import EvenhandEvaluation
import EvenhandLinearAlgebra

/// Kernels, engines and their growth; `make bench` runs them, each on one thread.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .peakMemoryResident], warmupIterations: 1, maxDuration: .seconds(5),
    maxIterations: 5)
  Kernels.register()
  let counts: Set = ["selection_rate", "true_positive_rate", "false_positive_rate", "f1"]

  engine("Rows engine", SimulatedTable(rows: 100_000, models: 2), ["brier_score", "log_loss"])
  Benchmark("Rows engine: its weights and products alone") { benchmark in
    LinearAlgebraRuntime.useOneThread()
    benchmark.startMeasurement()
    blackHole(Kernels.weightsAndProducts(rows: 100_000, replicates: 1_000, columns: 24))
  }
  engine("Ranks engine", SimulatedTable(rows: 100_000, models: 2), ["roc_auc"])
  for rows in [10_000, 100_000, 1_000_000, 10_000_000] {
    engine("Counts engine, \(rows) rows", SimulatedTable(rows: rows), counts)
  }
  for replicates in [100, 1_000, 10_000] {
    engine(
      "Counts engine, \(replicates) replicates", SimulatedTable(rows: 100_000), counts,
      replicates: replicates)
  }
  for groups in [[10], [10, 10], [30, 30], [100, 100]] {
    engine(
      "Counts engine, \(groups.reduce(1, *)) cells", SimulatedTable(rows: 200_000, groups: groups),
      counts, replicates: 100)
  }
  for models in [1, 2, 4, 8] {
    engine(
      "Counts engine, \(models) models", SimulatedTable(rows: 100_000, models: models), counts)
    engine(
      "Rows engine, \(models) models", SimulatedTable(rows: 100_000, models: models),
      ["brier_score"], replicates: 100)
  }
}

/// All replicates of some metrics, after the tally.
@Sendable private func engine(
  _ name: String, _ simulated: SimulatedTable, _ metrics: Set<String>, replicates: Int = 1_000
) {
  Benchmark(name) { (benchmark: Benchmark, run: ReplicateRun) in
    benchmark.startMeasurement()
    blackHole(run.draw())
  } setup: {
    try ReplicateRun(
      simulated.table(),
      simulated.configuration(metrics, method: .bootstrap, replicates: replicates))
  }
}

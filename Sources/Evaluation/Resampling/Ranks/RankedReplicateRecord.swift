// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandParallel
package import EvenhandTabular

/// Replicates of the ranks engine laid open, to be compared with the metrics of the drawn rows.
package struct RankedReplicates: Sendable {
  /// A distinct row, and how often it is drawn in each replicate.
  package struct Row: Sendable {
    /// Its slice at full depth.
    package var slice: Slice
    package var label: Bool?
    /// By model; NaN: missing.
    package var scores: [Double]
    package var drawn: [Int]
  }

  /// A metric on a slice: values and variances by replicate, NaN where undefined.
  package struct Value: Sendable {
    package var metric: String
    package var model: Int
    package var slice: Slice
    package var values: [Double]
    package var variances: [Double]
  }

  package var rows: [Row] = []
  package var values: [Value] = []
}

extension Evaluator {
  /// The first block of replicates of all areas under curves and quantiles asked for.
  ///
  /// - Parameter resamples: if not, every replicate has all rows as they are.
  package func rankedReplicates(of table: Table, resamples: Bool = true) throws -> RankedReplicates
  {
    let plan = try Plan(table, configuration)
    let parallel = Parallel(threads: configuration.threads)
    var names: [String] = []
    var targets: [RanksEngine.Target] = []
    let estimation = Estimation(plan, configuration.catalogue, parallel)
    for estimates in estimation.estimates {
      guard let model = estimates.model,
        let statistic = RanksEngine.Target.Statistic(estimates.metric)
      else { continue }
      names.append(estimates.metric.id)
      targets.append(
        .init(model: model, statistic: statistic, values: estimates.estimates.map(\.value)))
    }
    let engine = RanksEngine(plan, targets, orders: estimation.orders, parallel)
    let count = min(plan.configuration.replicates, RankLanes.count)
    let draws =
      resamples
      ? RowReplicates(plan, nil, engine).block(first: 0, count: count).draws : engine.everyRow()
    var result = RankedReplicates()
    result.rows = (0..<plan.rows.count).map { row in
      Row(
        slice: plan.slices.cellSlices[Int(plan.rows.cells[row])], label: plan.rows.label(row),
        scores: plan.rows.scores.map { $0.isEmpty ? .nan : $0[row] },
        drawn: (0..<count).map { engine.slots.count(row: row, replicate: $0, in: draws) })
    }
    for (index, slices) in engine.results(draws, replicates: count).enumerated() {
      for (slice, found) in slices.enumerated() where !found.isEmpty {
        result.values.append(
          .init(
            metric: names[index], model: targets[index].model, slice: plan.slices.slices[slice],
            values: found.map(\.value), variances: found.map(\.variance)))
      }
    }
    return result
  }

  private typealias Row = RankedReplicates.Row
}

extension RanksEngine {
  /// Draws that are the multiplicities.
  fileprivate func everyRow() -> [RankLanes.Draws] {
    var draws = draws()
    for row in 0..<plan.rows.count {
      for replicate in 0..<RankLanes.count {
        slots.write(
          Int(plan.rows.multiplicities[row]), row: row, replicate: replicate, into: &draws)
      }
    }
    return draws
  }
}

extension RankSlots {
  fileprivate func count(row: Int, replicate: Int, in draws: [RankLanes.Draws]) -> Int {
    (Int(starts[row])..<Int(starts[row + 1])).reduce(0) {
      $0 + RankLanes.count(draws[$1], replicate)
    }
  }
}

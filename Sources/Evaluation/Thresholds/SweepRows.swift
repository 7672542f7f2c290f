// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel
import EvenhandThresholds

/// The rows of one model, of everybody and of every group, by their place among thresholds.
struct SweepRows: Sendable {
  let grid: ThresholdGrid
  /// By slice; none for slices that are not swept.
  let samples: [Int: BucketedRows]
  /// By attribute, the groups that are compared.
  let groups: [(attribute: String, slices: [Int])]

  /// Everybody and the groups of single attributes, but those that are withheld.
  init(_ estimation: Estimation, model: Int, order: ScoreOrder) {
    let (plan, withheld) = (estimation.plan, estimation.withheld)
    let grid = ThresholdGrid(Self.thresholds(plan.models[model], order))
    self.grid = grid
    let groupings = plan.slices.groupings.filter { $0.context == 0 && $0.attributes.count == 1 }
    let scores = plan.rows.scores[model]
    let buckets = scores.map { $0.isNaN ? -1 : Int32(grid.bucket(of: $0)) }
    let swept = Set([0] + groupings.flatMap(\.members))
    let partitions = plan.slices.partitions.filter { swept.isSuperset(of: $0.slices) }
    let found = estimation.parallel.map(partitions) { Self.samples(plan, buckets, grid, $0) }
    var samples: [Int: BucketedRows] = [:]
    for (partition, own) in zip(partitions, found) {
      for (slice, sample) in zip(partition.slices, own) where !withheld.contains(slice) {
        samples[slice] = sample
      }
    }
    self.samples = samples
    groups = groupings.map {
      ($0.attributes[0], $0.comparable.filter { !withheld.contains($0) })
    }
  }

  /// Every hundredth of a probability; of other scores every hundredth of the rows. The model's own
  /// threshold is always one of them.
  private static func thresholds(_ model: Plan.Model, _ order: ScoreOrder) -> [Double] {
    var found = Set([model.threshold].compactMap { $0 })
    guard model.kind != .probability else {
      return found.union((1...99).map { Double($0) / 100 }).sorted()
    }
    let total = order.multiplicities.reduce(0, +)
    var (below, next) = (0.0, 1.0)
    for place in order.multiplicities.indices {
      below += order.multiplicities[place]
      while next < 100, below >= total * next / 100 {
        found.insert(order.scores[place])
        next += 1
      }
    }
    return found.sorted()
  }

  private static func samples(
    _ plan: Plan, _ buckets: [Int32], _ grid: ThresholdGrid, _ partition: SlicePartition
  ) -> [BucketedRows] {
    let rows = plan.rows
    var result = partition.slices.map { _ in
      BucketedRows(thresholds: grid.thresholds.count, isClustered: rows.isClustered)
    }
    for row in 0..<rows.count {
      let member = Int(partition.placeOfCell[Int(rows.cells[row])])
      guard member >= 0 else { continue }
      result[member].add(
        bucket: buckets[row] < 0 ? nil : Int(buckets[row]), label: rows.label(row),
        weight: rows.weight(row), rows: rows.multiplicities[row],
        cluster: rows.isClustered ? rows.clusters[row] : nil)
    }
    for member in result.indices { result[member].merge() }
    return result
  }
}

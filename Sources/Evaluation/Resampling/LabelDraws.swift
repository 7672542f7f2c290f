// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandInference
import EvenhandMetrics
import EvenhandParallel
import EvenhandSampling

/// Consistency resampling: labels drawn as if every score were the true probability, to see what
/// calibration error a perfectly calibrated model shows at these sizes.
///
/// Labels are drawn once a replicate for every full-depth cell and score bin and summed into slices. A
/// cell and bin with a variance of `normalFrom` or more draws its sum from the normal distribution;
/// below, from the distribution of that sum.
///
/// Source: Bröcker & Smith 2007, doi:10.1175/WAF993.1.
struct LabelDraws: Sendable {
  /// How many label vectors are drawn.
  static let replicates = 1000
  private static let normalFrom = 9.0
  private static let block = 25

  /// A cell and bin: the number of its positives.
  private struct Group: Sendable {
    var place: Int
    /// Until the sum is near to normal.
    var count: PositiveCount? = PositiveCount()
    var mean = 0.0
    var variance = 0.0

    mutating func add(_ score: Double, rows: Double) {
      mean += score * rows
      variance += score * (1 - score) * rows
      if variance >= LabelDraws.normalFrom { count = nil }
      count?.add(rows: Int(rows), score: score)
    }
  }

  /// Of few rows, and where they go.
  private var tables = CountTables()
  private var tablePlaces: [Int] = []
  /// Of many.
  private var sums: [Group] = []
  private let bins: Int
  private let plan: Plan
  private let model: Int

  init(_ plan: Plan, model: Int, edges: BinEdges, _ parallel: Parallel) {
    self.plan = plan
    self.model = model
    bins = edges.count
    let rows = plan.rows
    let groups = parallel.map(rows.cellRanges) { cell, range in
      Self.groups(cell, range, rows, rows.scores[model], edges)
    }
    for group in groups.joined() {
      if let count = group.count {
        tables.append(first: count.first, masses: count.masses)
        tablePlaces.append(group.place)
      } else {
        sums.append(group)
      }
    }
  }

  /// Of the rows of one cell, in the order in which their bins come up.
  private static func groups(
    _ cell: Int, _ range: Range<Int>, _ rows: DistinctRows, _ scores: [Double], _ edges: BinEdges
  ) -> [Group] {
    var groups: [Group] = []
    var places = [Int?](repeating: nil, count: edges.count)
    for row in range where rows.labels[row] != BinaryColumn.missing && !scores[row].isNaN {
      let bin = edges.bin(of: scores[row])
      let place = places[bin] ?? groups.count
      if place == groups.count {
        places[bin] = place
        groups.append(Group(place: cell * edges.count + bin))
      }
      groups[place].add(scores[row], rows: rows.multiplicities[row])
    }
    return groups
  }

  /// For every slice the null mean, 95 % quantile and p-value of its calibration error.
  func references(_ binned: [BinnedScores?], _ parallel: Parallel) -> [NullReference?] {
    let blocks = parallel.map(Self.replicates / Self.block) { block in
      (0..<Self.block).map { errors(replicate: block * Self.block + $0, binned) }
    }
    let replicates = blocks.flatMap { $0 }
    return binned.indices.map { slice in
      guard let own = binned[slice], own.weights.contains(where: { $0 > 0 }) else { return nil }
      let observed = own.calibrationError(positives: own.positives)
      let errors = replicates.map { $0[slice] }
      // A tie within rounding counts as reaching the observed value.
      let reaching = errors.count { $0 >= observed - 1e-12 }
      let rank = Int((Double(errors.count + 1) * 0.95).rounded(.up))
      return NullReference(
        hypothesis: "perfectly calibrated",
        expected: rounded(errors.reduce(0, +) / Double(errors.count)),
        upper95: rounded(smallest(rank, of: errors)),
        pValue: rounded(Double(1 + reaching) / Double(errors.count + 1)))
    }
  }

  private func errors(replicate: Int, _ binned: [BinnedScores?]) -> [Double] {
    var stream = RandomStream(
      seed: plan.configuration.seed, family: StreamFamily.calibration + UInt32(model),
      replicate: UInt32(replicate))
    var drawn = Array(repeating: 0.0, count: plan.slices.cellCount * bins)
    var words = tables.words()
    var counts = Array(repeating: Int32(0), count: tables.count)
    tables.sample(using: &stream, &words, into: &counts)
    for (place, count) in zip(tablePlaces, counts) { drawn[place] = Double(count) }
    for sum in sums {
      drawn[sum.place] = sum.mean + sum.variance.squareRoot() * stream.normal()
    }
    var positives = Array(repeating: 0.0, count: bins)
    return plan.slices.cells.enumerated().map { slice, cells in
      guard let own = binned[slice] else { return 0 }
      for bin in 0..<bins { positives[bin] = 0 }
      for cell in cells {
        for bin in 0..<bins { positives[bin] += drawn[Int(cell) * bins + bin] }
      }
      return own.calibrationError(positives: positives)
    }
  }
}

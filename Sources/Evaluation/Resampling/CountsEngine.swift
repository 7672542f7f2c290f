// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandSampling

/// The bootstrap of everything that is a function of counts.
///
/// Rows collapse into patterns (cell × label × all models' decisions); a replicate is one multinomial
/// draw over the patterns, the same distribution as resampling rows, at a cost that does not depend on
/// how many rows there are. All models, metrics and slices share each draw.
struct CountsEngine: Sendable {
  /// A metric of a model, and what is wanted of it.
  struct Target: Sendable {
    var model: Int
    var metric: any DecisionMetric
    var estimates: MetricEstimates
    var families: [ContrastFamily]
    /// Slices whose own interval comes from the replicates.
    var pivotSlices: [Int]
  }

  /// What the replicates say of a target.
  struct Replicates: Sendable {
    /// By family and replicate: the largest |t*|.
    var maxima: [[Double]]
    /// By pivot slice and replicate: t* on the metric's scale; NaN where undefined.
    var pivots: [[Double]]
    /// By slice of any family or pivot: the share of replicates in which the metric is undefined.
    var undefined: [Int: Double]
  }

  private let plan: Plan
  private let counts: [Int]
  private let cells: [Int]
  /// By pattern and model, which of the eight counts it adds to; −1: none.
  private let places: [[Int]]
  private static let block = 25

  init(_ plan: Plan) {
    self.plan = plan
    var counts: [Int] = []
    var cells: [Int] = []
    var places: [[Int]] = []
    var patternOf: [[Int]: Int] = [:]
    let rows = plan.rows
    for row in 0..<rows.count {
      let place = plan.models.indices.map {
        DecisionCounts.cell(label: rows.label(row), decision: rows.decision($0, row)) ?? -1
      }
      let key = [Int(rows.cells[row])] + place
      if let pattern = patternOf[key] {
        counts[pattern] += Int(rows.multiplicities[row])
      } else {
        patternOf[key] = counts.count
        counts.append(Int(rows.multiplicities[row]))
        cells.append(Int(rows.cells[row]))
        places.append(place)
      }
    }
    self.counts = counts
    self.cells = cells
    self.places = places
  }

  var patternCount: Int { counts.count }

  func run(_ targets: [Target], _ parallel: Parallel) -> [Replicates] {
    let replicates = plan.configuration.replicates
    let blockCount = (replicates + Self.block - 1) / Self.block
    let blocks = parallel.map(blockCount) { block in
      let first = block * Self.block
      var worker = CountsWorker(plan, targets)
      for replicate in first..<min(first + Self.block, replicates) {
        worker.record(draw(replicate))
      }
      return worker.results
    }
    return targets.indices.map { target in
      var merged = blocks[0][target]
      for block in blocks.dropFirst() { merged.append(block[target]) }
      for slice in merged.undefined.keys { merged.undefined[slice]? /= Double(replicates) }
      return merged
    }
  }

  /// The counts of every slice, model by model, in one replicate.
  private func draw(_ replicate: Int) -> [[SIMD8<Double>]] {
    var stream = RandomStream(
      seed: plan.configuration.seed, family: StreamFamily.counts, replicate: UInt32(replicate))
    var drawn = Array(repeating: 0.0, count: counts.count)
    Multinomial.resample(counts, into: &drawn, using: &stream)
    return plan.models.indices.map { model in
      var byCell = Array(repeating: SIMD8<Double>(), count: plan.slices.cellCount)
      for pattern in counts.indices where places[pattern][model] >= 0 {
        byCell[cells[pattern]][places[pattern][model]] += drawn[pattern]
      }
      return plan.slices.cells.map { members in
        var sum = SIMD8<Double>()
        for cell in members { sum += byCell[Int(cell)] }
        return sum
      }
    }
  }
}

extension CountsEngine.Replicates {
  fileprivate mutating func append(_ other: Self) {
    for family in maxima.indices { maxima[family] += other.maxima[family] }
    for slice in pivots.indices { pivots[slice] += other.pivots[slice] }
    undefined.merge(other.undefined, uniquingKeysWith: +)
  }
}

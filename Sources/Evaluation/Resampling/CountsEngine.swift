// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandParallel
import EvenhandSampling

/// The bootstrap of everything that is a function of counts.
///
/// The cost of a replicate does not depend on how many rows there are. All models, metrics and slices
/// share each draw.
struct CountsEngine: Sendable {
  /// A metric of a model, and what is wanted of it.
  struct Target: Sendable {
    var model: Int
    var metric: any DecisionMetric
    var estimates: MetricEstimates
    var families: [ContrastFamily]
    /// By family, whether its critical value needs replicates.
    var isStudentized: [Bool]
    /// Slices whose own interval comes from the replicates.
    var sampledSlices: [Int]
    /// Whether what is kept of those slices are pivots t* or the replicates T* themselves.
    var keepsPivots: Bool
  }

  /// What the replicates say of a target.
  struct Replicates: Sendable {
    /// By family and replicate: the largest |t*|; empty for a family that needs none.
    var maxima: [[Double]]
    /// By sampled slice and replicate: t* on the metric's scale, or T*; NaN where undefined.
    var samples: [[Double]]
    /// By family and replicate: the double-corrected variance between groups; empty for families that
    /// are no pairs of rates.
    var spreads: [[Double]]
    /// By slice of any family or sample: the share of replicates in which the metric is undefined.
    var undefined: [Int: Double]
  }

  private let plan: Plan
  private let patterns: CountPatterns
  private static let block = 25

  init(_ plan: Plan, _ parallel: Parallel) {
    self.plan = plan
    patterns = CountPatterns(plan, parallel)
  }

  func run(_ targets: [Target], _ parallel: Parallel) -> [Replicates] {
    let replicates = plan.configuration.replicates
    let blockCount = (replicates + Self.block - 1) / Self.block
    let part = Parallel.Part("resampling counts", replicates, "replicates")
    let unused = CountsWorker(plan, targets)
    let blocks = parallel.map(blockCount, part) { block in
      let first = block * Self.block
      var worker = unused
      for replicate in first..<min(first + Self.block, replicates) {
        var stream = RandomStream(
          seed: plan.configuration.seed, family: StreamFamily.counts, replicate: UInt32(replicate))
        worker.record(patterns.draw(&stream))
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
}

extension CountsEngine.Replicates {
  fileprivate mutating func append(_ other: Self) {
    for family in maxima.indices {
      maxima[family] += other.maxima[family]
      spreads[family] += other.spreads[family]
    }
    for slice in samples.indices { samples[slice] += other.samples[slice] }
    undefined.merge(other.undefined, uniquingKeysWith: +)
  }
}

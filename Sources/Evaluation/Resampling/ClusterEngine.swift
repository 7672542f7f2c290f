// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandParallel
import EvenhandSampling

/// The bootstrap of clustered rows: whole clusters are drawn with replacement, with all their rows.
///
/// A replicate weighs the clusters by Multinomial(G, 1/G); all models, metrics and slices share it.
/// Every metric here is a smooth function of sums over clusters, unchanged when all sums are scaled.
/// So a replicate needs the sums Σ w z of each slice for its value, and the products Σ w z·zᵀ for its
/// CR1 variance G*/(G*−1) ∇ᵀ(Σ w z·zᵀ)∇, with ∇ at the replicate's own sums and G* the clusters drawn
/// that have a row in the slice. Both are matrix products, whatever the number of metrics.
///
/// Source: Davison & Hinkley 1997, section 3.8; Cameron, Gelbach & Miller 2008,
/// doi:10.1162/rest.90.3.414.
struct ClusterEngine: Sendable {
  /// A decision or probability metric of a model, and what is wanted of it.
  struct Target: Sendable {
    var estimates: MetricEstimates
    var families: [ContrastFamily]
    /// Slices whose own interval comes from the replicates.
    var pivotSlices: [Int]
    /// On which the pivots are.
    var scale: Scale
  }

  /// What the replicates say of a target.
  struct Replicates: Sendable {
    /// By family and replicate: the largest |t*|.
    var maxima: [[Double]]
    /// By pivot slice and replicate: t* on the metric's scale; NaN where undefined.
    var pivots: [[Double]]
    /// By slice of any family or pivot: the share of replicates without a value or without variation.
    var undefined: [Int: Double]
  }

  /// Replicates that are drawn together: at most so many, fewer where their sums would not fit.
  private static let block = 100
  private static let bytes = 64 << 20

  private let plan: Plan
  private let targets: [Target]
  private let layout: Layout
  private let clusters: Clusters

  /// - Parameter targets: metrics that `isAvailable`.
  init(_ plan: Plan, _ targets: [Target]) {
    self.plan = plan
    self.targets = targets
    layout = Layout(plan, targets.map(\.estimates))
    clusters = Clusters(plan, layout)
  }

  /// Whether a metric is a function of the sums that the engine resamples.
  static func isAvailable(_ metric: any Metric) -> Bool {
    metric is any DecisionMetric || metric is any ProbabilityMetric
  }

  func run(_ parallel: Parallel) -> [Replicates] {
    let replicates = plan.configuration.replicates
    let size = min(Self.block, max(1, Self.bytes / Sums.bytes(clusters, layout)))
    let part = Parallel.Part("resampling clusters", replicates, "replicates")
    let blocks = parallel.map((replicates + size - 1) / size, part) { block in
      reduce(block * size..<min((block + 1) * size, replicates))
    }
    return targets.indices.map { target in
      var merged = blocks[0][target]
      for block in blocks.dropFirst() { merged.append(block[target]) }
      for slice in merged.undefined.keys { merged.undefined[slice]? /= Double(replicates) }
      return merged
    }
  }

  /// The replicates of a range.
  private func reduce(_ replicates: Range<Int>) -> [Replicates] {
    let sums = Sums(clusters, plan.slices, layout, drawn(replicates), count: replicates.count)
    var workers = zip(targets, layout.forms).map { Worker($0, $1, clusters) }
    // Target by target within a replicate: its products stay in the cache.
    for replicate in 0..<replicates.count {
      for target in workers.indices { workers[target].record(sums, replicate) }
    }
    return workers.map(\.result)
  }

  /// One replicate with everything that is reckoned of it.
  func open(_ replicate: Int) -> ClusterReplicate {
    let drawn = drawn(replicate..<replicate + 1)
    let sums = Sums(clusters, plan.slices, layout, drawn, count: 1)
    var result = ClusterReplicate(drawn: drawn.map { Int($0) })
    for (target, form) in zip(targets, layout.forms) {
      var worker = Worker(target, form, clusters)
      worker.record(sums, 0)
      let metric = target.estimates.metric.id
      for (slice, state) in plan.slices.slices.indices.map({ ($0, worker.state($0, sums, 0)) }) {
        result.values.append(
          .init(
            metric: metric, slice: plan.slices.slices[slice], value: state.value,
            variance: state.variance))
      }
      for (family, maxima) in zip(target.families, worker.result.maxima) {
        result.maxima.append(
          .init(
            metric: metric, attributes: plan.slices.groupings[family.grouping].attributes,
            against: family.against.rawValue, isRatio: family.isRatio, value: maxima[0]))
      }
    }
    return result
  }

  /// How often each cluster is drawn: cluster after cluster, one number a replicate.
  func drawn(_ replicates: Range<Int>) -> [UInt32] {
    var result = Array(repeating: UInt32(0), count: clusters.count * replicates.count)
    for (place, replicate) in replicates.enumerated() {
      var stream = RandomStream(
        seed: plan.configuration.seed, family: StreamFamily.clusters, replicate: UInt32(replicate))
      for _ in 0..<clusters.count {
        // The high half of the product: even to G/2⁶⁴.
        let cluster = Int(stream.next().multipliedFullWidth(by: UInt64(clusters.count)).high)
        result[cluster * replicates.count + place] += 1
      }
    }
    return result
  }
}

extension ClusterEngine.Replicates {
  fileprivate mutating func append(_ other: Self) {
    for family in maxima.indices { maxima[family] += other.maxima[family] }
    for slice in pivots.indices { pivots[slice] += other.pivots[slice] }
    undefined.merge(other.undefined, uniquingKeysWith: +)
  }
}

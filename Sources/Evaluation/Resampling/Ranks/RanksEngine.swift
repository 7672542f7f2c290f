// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandParallel

/// The bootstrap of what needs rows in the order of their scores: areas under curves and quantiles.
///
/// What a block of 64 replicates draws (`RowReplicates`, the same numbers as the rows engine's) is kept as a
/// byte a row and replicate; each model's score order is then walked once, every slice picking its rows.
/// Replicates do not depend on how they are divided into blocks.
struct RanksEngine: Sendable {
  /// The most rows: counts and their halves are exact in single precision.
  static let most = 8_000_000

  /// A statistic of a model's scores.
  struct Target: Sendable {
    enum Statistic: Sendable, Equatable {
      case area, precision
      case quantile(percent: Int)

      init?(_ metric: any Metric) {
        switch metric {
        case is AreaUnderROC: self = .area
        case is AveragePrecision: self = .precision
        case let metric as ScoreQuantile: self = .quantile(percent: metric.percent)
        default: return nil
        }
      }
    }

    var model: Int
    var statistic: Statistic
    /// By slice, the estimate; `nil` for slices of which nothing is wanted.
    var values: [Double?]
  }

  let plan: Plan
  let slots: RankSlots
  let models: [RankedModel]
  private let targets: [Target]

  /// - Parameter orders: by model.
  init(_ plan: Plan, _ targets: [Target], orders: [ScoreOrder?], _ parallel: Parallel) {
    self.plan = plan
    self.targets = targets
    let resampling = plan.configuration.resampling
    let slots = RankSlots(
      plan.rows.multiplicities, isFree: resampling == .auto || resampling == .poisson)
    self.slots = slots
    models = Set(targets.map(\.model)).sorted().map { model in
      guard let order = orders[model] else {
        preconditionFailure("a ranked metric of a model without scores")
      }
      let own = targets.filter { $0.model == model }
      return RankedModel(plan, slots, model: model, order, own, parallel)
    }
  }

  /// Room for what a block of replicates draws, by slot.
  func draws() -> [RankLanes.Draws] {
    Array(repeating: RankLanes.Draws(), count: slots.count)
  }

  /// By target, slice and replicate what the replicates say; quantiles have no variance.
  func results(_ draws: [RankLanes.Draws], replicates: Int) -> [[[RankedReplicate]]] {
    let found = models.map { $0.results(plan, slots, draws, replicates: replicates) }
    var next = models.map { _ in 0 }
    return targets.map { target in
      guard let model = models.firstIndex(where: { $0.model == target.model }) else {
        preconditionFailure("every target's model has its rows in order")
      }
      next[model] += 1
      return found[model][next[model] - 1]
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// One estimate, a metric on a slice, as a linear form of what a row adds to the sums behind it.
struct JointColumn: Sendable {
  /// The place of the metric among the evaluation's estimates.
  var entry: Int
  var slice: Int
  var form: Form

  /// A row's influence on the estimate, per unit of its weight.
  enum Form: Sendable {
    /// By the eight counts of labels and decisions: the metric's gradient.
    case decisions(SIMD8<Double>)
    /// By the eight sums of scores and losses.
    case moments(SIMD8<Double>)
    /// By the place of the row's score in the slice's view: the ranked metric of this number.
    case ranked(Int)
  }
}

extension Estimation {
  /// The column of a metric on a slice; `nil` for a metric without an influence function, or where it
  /// has no value.
  ///
  /// - Parameter rank: which of its model's ranked metrics it is.
  func column(_ entry: Int, _ slice: Int, rank: Int?) -> JointColumn? {
    guard let model = estimates[entry].model, estimates[entry].estimates[slice].value != nil else {
      return nil
    }
    let tally = tallies[model]
    switch estimates[entry].metric {
    case let metric as any DecisionMetric:
      let counts = DecisionCounts(tally.decisions[slice].weighted)
      return (try? metric.gradient(counts)).map {
        JointColumn(entry: entry, slice: slice, form: .decisions($0))
      }
    case let metric as any ProbabilityMetric:
      let moments = ScoreMoments(tally.moments[slice].weighted)
      return (try? metric.gradient(moments)).map {
        JointColumn(entry: entry, slice: slice, form: .moments($0))
      }
    default:
      return rank.map { JointColumn(entry: entry, slice: slice, form: .ranked($0)) }
    }
  }

  /// The columns of a model's metrics on the slices that `needed` says, metric by metric.
  func columns(ofModel model: Int, needed: (_ entry: Int) -> [Int]) -> [JointColumn] {
    var ranks = 0
    return estimates.indices.filter { estimates[$0].model == model }.flatMap { entry in
      let isRanked = estimates[entry].metric is any RankedMetric
      let rank = isRanked ? ranks : nil
      if isRanked { ranks += 1 }
      return needed(entry).compactMap { column(entry, $0, rank: rank) }
    }
  }
}

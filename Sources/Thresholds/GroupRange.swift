// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// The gap between the groups of an attribute at every threshold: highest − lowest, or lowest ÷
/// highest.
///
/// All pairs of groups at all thresholds are one family of |d|/se, with se² = v_a + v_b for
/// independent groups and less or more where groups share clusters; c is the quantile of its maximum.
/// The largest |d| over the pairs at a threshold is the range: the band is
/// max over pairs of max(0, |d| − c se) … max over pairs of |d| + c se. A ratio is the same on
/// logarithms of smoothed values.
struct GroupRange {
  /// Two groups at a threshold, with what each says there.
  private struct Pair {
    var threshold: Int
    var distance: Double
    var error: Double
  }

  let estimator: CurveEstimator
  let metric: any DecisionMetric
  let isRatio: Bool
  private let points: [CurvePoints]
  private let joint: JointErrors
  /// By threshold, the groups that are sufficient there and their columns.
  private let groups: [[(sample: Int, column: Int)]]

  init(
    _ estimator: CurveEstimator, _ metric: any DecisionMetric, _ samples: [BucketedRows],
    isRatio: Bool
  ) {
    precondition(Set(samples.map(\.thresholds)).count <= 1, "the groups share a grid")
    precondition(Set(samples.map(\.isClustered)).count <= 1, "all groups are clustered or none")
    self.estimator = estimator
    self.metric = metric
    self.isRatio = isRatio
    points = samples.map { CurvePoints(metric, $0, minimum: estimator.settings.minimum) }
    joint = JointErrors(points)
    var groups = Array(
      repeating: [(sample: Int, column: Int)](), count: samples.first?.thresholds ?? 0)
    for (sample, points) in points.enumerated() {
      for (column, threshold) in points.sufficient.enumerated() {
        groups[threshold].append((sample, column))
      }
    }
    self.groups = groups
  }

  func curve() -> ThresholdCurve {
    var curve = ThresholdCurve(thresholds: groups.count)
    for threshold in groups.indices { observe(threshold, &curve) }
    var pairs: [Pair] = []
    var contrasts: [JointErrors.Contrast] = []
    for threshold in groups.indices where curve.values[threshold] != nil {
      let groups = groups[threshold]
      for (place, left) in groups.enumerated() {
        for right in groups[(place + 1)...] {
          guard let (pair, contrast) = pair(threshold, left, right) else { continue }
          pairs.append(pair)
          contrasts.append(contrast)
        }
      }
    }
    guard !pairs.isEmpty else { return withoutBand(curve) }
    let critical = estimator.critical(joint, [contrasts])
    curve.critical = critical
    for pair in pairs { widen(&curve, pair, critical) }
    return withoutBand(finished(curve))
  }

  private func observe(_ threshold: Int, _ curve: inout ThresholdCurve) {
    let values = groups[threshold].compactMap { points[$0.sample].values[threshold] }
    guard values.count > 1, let low = values.min(), let high = values.max() else {
      curve.reasons[threshold] =
        points.count < 2 ? "only one group" : "fewer than two groups can be compared"
      return
    }
    if isRatio, high <= 0 {
      curve.reasons[threshold] = "the highest value is 0"
      return
    }
    curve.values[threshold] = isRatio ? low / high : high - low
  }

  private func pair(
    _ threshold: Int, _ left: (sample: Int, column: Int), _ right: (sample: Int, column: Int)
  ) -> (Pair, JointErrors.Contrast)? {
    let (a, b) = (joint.samples[left.sample], joint.samples[right.sample])
    guard a.standardErrors[left.column] > 0, b.standardErrors[right.column] > 0 else { return nil }
    if isRatio {
      let (x, y) = (a.centres[left.column], b.centres[right.column])
      guard x > 0, y > 0,
        let (contrast, error) = joint.contrast(left, right, scales: (1 / x, 1 / y))
      else { return nil }
      let distance = (Double.log(x) - Double.log(y)).magnitude
      return (Pair(threshold: threshold, distance: distance, error: error), contrast)
    }
    guard let x = points[left.sample].values[threshold],
      let y = points[right.sample].values[threshold],
      let (contrast, error) = joint.contrast(left, right)
    else { return nil }
    return (Pair(threshold: threshold, distance: (x - y).magnitude, error: error), contrast)
  }

  /// The limits of |d|, of which the largest over the pairs count.
  private func widen(_ curve: inout ThresholdCurve, _ pair: Pair, _ critical: Double) {
    let low = max(0, pair.distance - critical * pair.error)
    let high = pair.distance + critical * pair.error
    curve.low[pair.threshold] = max(curve.low[pair.threshold] ?? 0, low)
    curve.high[pair.threshold] = max(curve.high[pair.threshold] ?? 0, high)
  }

  /// Limits of the gap itself, around its value.
  private func finished(_ curve: ThresholdCurve) -> ThresholdCurve {
    var result = curve
    let width = metric.range.upperBound - metric.range.lowerBound
    for threshold in groups.indices {
      guard let value = curve.values[threshold], let low = curve.low[threshold],
        let high = curve.high[threshold]
      else { continue }
      result.low[threshold] = min(value, isRatio ? Double.exp(-high) : low)
      result.high[threshold] = max(value, isRatio ? Double.exp(-low) : min(width, high))
    }
    return result
  }

  private func withoutBand(_ curve: ThresholdCurve) -> ThresholdCurve {
    var result = curve
    for threshold in groups.indices
    where curve.values[threshold] != nil && curve.low[threshold] == nil {
      result.reasons[threshold] = "no variation among its rows"
    }
    return result
  }
}

extension CurveEstimator {
  /// The difference between the highest and the lowest group with a sufficient value, at every
  /// threshold.
  ///
  /// - Parameter groups: in a fixed order, which the random numbers follow.
  package func difference(
    _ metric: any DecisionMetric, _ groups: [BucketedRows]
  ) -> ThresholdCurve {
    GroupRange(self, metric, groups, isRatio: false).curve()
  }

  /// The lowest divided by the highest group with a sufficient value, at every threshold.
  ///
  /// - Parameter metric: one whose ratios make sense: `comparison` is `.differenceAndRatio`.
  package func ratio(_ metric: any DecisionMetric, _ groups: [BucketedRows]) -> ThresholdCurve {
    precondition(metric.comparison == .differenceAndRatio, "ratios of it make no sense")
    return GroupRange(self, metric, groups, isRatio: true).curve()
  }
}

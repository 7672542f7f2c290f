// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// The gap between the groups of an attribute at every threshold: highest − lowest, or lowest ÷
/// highest.
///
/// All pairs of groups at all thresholds are one family of |d|/se, with se² = v_a + v_b for
/// independent groups and less or more where groups share clusters; c is the quantile of its
/// maximum.
///
/// * A difference d = a − b has the limits d − √(δ_a² + δ_b² − 2 ρ δ_a δ_b), with δ_a the distance
///   from a down to its limit for c and δ_b that from b up to its own; and so upwards.
/// * A ratio has d ± c · se on the logarithms of smoothed values.
///
/// The largest |d| over the pairs at a threshold is the range, and the largest limits of |d| are
/// its.
///
/// Source: Zou & Donner 2008, doi:10.1002/sim.3095, for the difference.
struct GroupRange {
  /// A group's sufficient threshold.
  typealias Place = (sample: Int, column: Int)

  /// Two groups at a threshold.
  private struct Pair {
    var threshold: Int
    var left: Place
    var right: Place
    var error: Double
    var correlation: Double
  }

  let estimator: CurveEstimator
  let metric: any DecisionMetric
  let isRatio: Bool
  private let points: [CurvePoints]
  private let joint: JointErrors
  private let limits: [PointLimits]
  /// By threshold, the groups that are sufficient there and their columns.
  private let groups: [[Place]]

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
    limits = isRatio ? [] : zip(points, joint.samples).map { PointLimits($0, $1) }
    var groups = Array(
      repeating: [Place](), count: samples.first?.thresholds ?? 0)
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
    let critical = estimator.critical(joint, contrasts)
    curve.critical = critical.studentized
    let intervals = limits.map { sample in
      sample.points.sufficient.indices.map { sample.limits($0, critical) }
    }
    for pair in pairs {
      let interval = isRatio ? logarithm(pair, critical) : difference(pair, intervals)
      widen(&curve, pair.threshold, interval)
    }
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

  /// `nil` if a group has a single cluster or the difference of the two does not vary.
  private func pair(
    _ threshold: Int, _ left: Place, _ right: Place
  ) -> (Pair, JointErrors.Contrast)? {
    let (a, b) = (joint.samples[left.sample], joint.samples[right.sample])
    guard a.degrees > 0, b.degrees > 0 else { return nil }
    let scales =
      isRatio ? (1 / a.centres[left.column], 1 / b.centres[right.column]) : (1.0, 1.0)
    guard scales.0.isFinite, scales.1.isFinite,
      let (contrast, error) = joint.contrast(left, right, scales: scales)
    else { return nil }
    let pair = Pair(
      threshold: threshold, left: left, right: right, error: error,
      correlation: joint.correlation(left, right))
    return (pair, contrast)
  }

  private func logarithm(_ pair: Pair, _ critical: CriticalValue) -> Interval {
    let left = joint.samples[pair.left.sample].centres[pair.left.column]
    let right = joint.samples[pair.right.sample].centres[pair.right.column]
    let distance = Double.log(left / right)
    let half = critical.studentized * pair.error
    return Interval(low: distance - half, high: distance + half)
  }

  private func difference(_ pair: Pair, _ intervals: [[Interval]]) -> Interval {
    let left = points[pair.left.sample].values[pair.threshold] ?? 0
    let right = points[pair.right.sample].values[pair.threshold] ?? 0
    let a = intervals[pair.left.sample][pair.left.column]
    let b = intervals[pair.right.sample][pair.right.column]
    func length(_ x: Double, _ y: Double) -> Double {
      max(0, x * x + y * y - 2 * pair.correlation * x * y).squareRoot()
    }
    return Interval(
      low: left - right - length(left - a.low, b.high - right),
      high: left - right + length(a.high - left, right - b.low))
  }

  /// The limits of |d|, of which the largest over the pairs count.
  private func widen(_ curve: inout ThresholdCurve, _ threshold: Int, _ interval: Interval) {
    let low = max(0, interval.low, -interval.high)
    let high = max(interval.high, -interval.low)
    curve.low[threshold] = max(curve.low[threshold] ?? 0, low)
    curve.high[threshold] = max(curve.high[threshold] ?? 0, high)
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

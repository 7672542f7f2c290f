// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The threshold of least cost, and those that may be as good.
///
/// Exploration: chosen and judged on the same rows.
public struct LeastCost: Sendable, Equatable {
  /// The place in the grid of the least cost, of equal ones the lowest; `nil` without a cost.
  public var least: Int?
  /// The thresholds whose cost is not established to be higher than that of another; the truly best
  /// of the thresholds compared is among them with the confidence asked for.
  public var candidates: [Int]
  /// In standard errors of a difference; `nil` if there was nothing to compare.
  public var critical: Double?

  package init(least: Int?, candidates: [Int], critical: Double?) {
    self.least = least
    self.candidates = candidates
    self.critical = critical
  }
}

extension CurveEstimator {
  /// Multiple comparisons with the best: a threshold k stays a candidate unless its cost exceeds
  /// that of some other threshold j by more than c · se(k, j).
  ///
  /// For each k the quantile of max over j of (e_k − e_j) / se(k, j) would do; c is the largest of
  /// these, which errs towards more candidates. To the variance that se is the root of comes that
  /// of a made-up positive and negative row between the two thresholds: a few rows that happen to
  /// have the same label would else be certain of what they say. A threshold j at which the same
  /// rows are selected has the same cost and rules nothing out; nor does any without enough
  /// support.
  ///
  /// Source: Hsu 1981, doi:10.1214/aos/1176345582.
  ///
  /// - Parameter metric: the cost, of which less is better.
  /// - Complexity: draws · T².
  package func leastCost(_ metric: any DecisionMetric, _ sample: BucketedRows) -> LeastCost {
    let points = CurvePoints(metric, sample, minimum: settings.minimum)
    let isComparable = !sample.isClustered || sample.clusterCount > 1
    let costs = points.sufficient.map { points.values[$0] ?? .infinity }
    guard let least = costs.indices.min(by: { (costs[$0], $0) < (costs[$1], $1) }) else {
      return LeastCost(least: nil, candidates: [], critical: nil)
    }
    let joint = JointErrors([points])
    var families: [[JointErrors.Contrast]] = []
    /// By threshold, how many standard errors it lies above the one that beats it most clearly.
    var excess: [Double] = []
    for left in costs.indices {
      var family: [JointErrors.Contrast] = []
      var largest = -Double.infinity
      for right in costs.indices where right != left && isComparable {
        guard let (contrast, error) = joint.contrast((0, left), (0, right)) else { continue }
        family.append(contrast)
        let added = points.addedVariance(left, right)
        let smoothed = (error * error + added).squareRoot()
        largest = max(largest, (costs[left] - costs[right]) / smoothed)
      }
      families.append(family)
      excess.append(largest)
    }
    let critical = comparisonCritical(joint, families)?.studentized
    let candidates = costs.indices.filter { excess[$0] <= critical ?? .infinity }
    return LeastCost(
      least: points.sufficient[least], candidates: candidates.map { points.sufficient[$0] },
      critical: critical)
  }

  private func comparisonCritical(
    _ joint: JointErrors, _ families: [[JointErrors.Contrast]]
  ) -> CriticalValue? {
    let values = CriticalValues(confidence: settings.confidence, degrees: joint.degrees)
    let compared = families.filter { !$0.isEmpty }
    return joint.maxima(compared, self, twoSided: false).enumerated()
      .map { values.oneSided($1, size: compared[$0].count) }.max { $0.normal < $1.normal }
  }
}

extension CurvePoints {
  /// What a positive and a negative row whose scores lie between two sufficient thresholds add to
  /// the variance of the difference of their values.
  fileprivate func addedVariance(_ left: Int, _ right: Int) -> Double {
    let (lower, upper) = (min(left, right), max(left, right))
    let unit = units[sufficient[lower]]
    return [(selected: 0, rejected: 2), (1, 3)].reduce(0) { sum, cells in
      let change =
        unit * (smoothedSlopes[lower][cells.selected] - smoothedSlopes[upper][cells.rejected])
      return sum + change * change
    }
  }
}

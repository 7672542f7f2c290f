// SPDX-License-Identifier: Apache-2.0

/// Thresholds that meet an aim, from curves: exploration, since they are chosen and judged on the same
/// rows.
package enum ThresholdSearch {
  /// The thresholds at which a curve lies within limits.
  ///
  /// - Parameters:
  ///   - objective: the curve by which the proposal is chosen among them.
  ///   - higherIsBetter: whether the objective improves upwards.
  package static func within(
    _ curve: ThresholdCurve, atLeast: Double? = nil, atMost: Double? = nil,
    objective: ThresholdCurve, higherIsBetter: Bool
  ) -> ThresholdsWithin {
    precondition(curve.values.count == objective.values.count, "the curves share a grid")
    func isWithin(_ low: Double?, _ high: Double?) -> Bool {
      guard let low, let high else { return false }
      return (atLeast.map { low >= $0 } ?? true) && (atMost.map { high <= $0 } ?? true)
    }
    let observed = curve.values.indices.filter { isWithin(curve.values[$0], curve.values[$0]) }
    let established = observed.filter { isWithin(curve.low[$0], curve.high[$0]) }
    let proposed = best(
      established.isEmpty ? observed : established, objective, higherIsBetter: higherIsBetter)
    return ThresholdsWithin(observed: observed, established: established, proposed: proposed)
  }

  /// By group the threshold whose value is nearest to a target, of equally near ones the lowest;
  /// `nil` for a group without a value.
  package static func nearest(
    to target: Double, _ groups: [ThresholdCurve]
  ) -> [NearestThreshold?] {
    groups.map { curve in
      var nearest: NearestThreshold?
      for (threshold, value) in curve.values.enumerated() {
        guard let value else { continue }
        let distance = (value - target).magnitude
        if let nearest, (nearest.value - target).magnitude <= distance { continue }
        nearest = NearestThreshold(threshold: threshold, value: value)
      }
      return nearest
    }
  }

  private static func best(
    _ thresholds: [Int], _ objective: ThresholdCurve, higherIsBetter: Bool
  ) -> Int? {
    var best: (threshold: Int, value: Double)?
    for threshold in thresholds {
      guard let value = objective.values[threshold] else { continue }
      if let best, higherIsBetter ? value <= best.value : value >= best.value { continue }
      best = (threshold, value)
    }
    return best?.threshold
  }
}

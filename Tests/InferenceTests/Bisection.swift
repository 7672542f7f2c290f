// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Mee's interval as it is defined, by bisection alone: slow, and plain to read.
enum Bisection {
  static func difference(_ table: Table, critical: Double) -> Interval {
    let (x, n) = (table.sample.successes, table.sample.trials)
    let (y, m) = (table.reference.successes, table.reference.trials)
    let estimate = x / n - y / m
    func accepts(_ d: Double) -> Bool {
      let q = restrictedEstimate(x, n, y, m, difference: d)
      let p = min(1, max(0, q + d))
      let variance = p * (1 - p) / n + q * (1 - q) / m
      return (estimate - d) * (estimate - d) <= critical * critical * variance
    }
    return Interval(
      low: edge(from: estimate, to: -1, accepts), high: edge(from: estimate, to: 1, accepts))
  }

  /// The reference's proportion of highest likelihood when the other is `d` above it.
  private static func restrictedEstimate(
    _ x: Double, _ n: Double, _ y: Double, _ m: Double, difference d: Double
  ) -> Double {
    var low = max(0, -d)
    var high = min(1, 1 - d)
    while true {
      let q = 0.5 * (low + high)
      if q <= low || q >= high { return q }
      let p = q + d
      let slope = ratio(x, p) - ratio(n - x, 1 - p) + ratio(y, q) - ratio(m - y, 1 - q)
      if slope > 0 { low = q } else { high = q }
    }
  }

  private static func ratio(_ count: Double, _ probability: Double) -> Double {
    count == 0 ? 0 : count / probability
  }

  /// The last accepted number on the way from an accepted to a rejected one.
  private static func edge(
    from accepted: Double, to rejected: Double, _ accepts: (Double) -> Bool
  ) -> Double {
    var (inside, outside) = (accepted, rejected)
    while true {
      let middle = 0.5 * (inside + outside)
      if middle == inside || middle == outside { return inside }
      if accepts(middle) { inside = middle } else { outside = middle }
    }
  }
}

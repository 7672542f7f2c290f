// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The rows without a group in the eight cells of labels × decisions.
///
/// In every metric here each cell either raises the value or lowers it, whatever the other counts are:
/// * RatioOfCounts, r = a·x / b·x: ∂r/∂x_c = (a_c − b_c r) / b·x, and a_c is 0 or b_c times the
///   largest r there is;
/// * MeanOfRates: two such ratios over different cells;
/// * Matthews correlation, with P = TP+FP and Q = TP+FN: its derivative by TP has the sign of
///   TN − (TP·TN − FP·FN)(1/P + 1/Q)/2 ≥ TN − TN (TP/P + TP/Q)/2 ≥ 0; swapping label or decision
///   swaps the cells and the sign.
///
/// So a slice is highest with all rows that raise its value and none of the others, and lowest the
/// other way; and one slice is highest and another lowest at once, since they want different rows.
struct MissingBoundsCounts: MissingBoundsRows {
  let rows: Double
  let isBetweenParts: Bool
  private let metric: any DecisionMetric
  /// The weighted counts that raise the value, and those that lower it.
  private let rising: SIMD8<Double>
  private let falling: SIMD8<Double>

  /// - Returns: `nil` for a metric not known to be monotone in every cell, and without such rows.
  init?(_ metric: any DecisionMetric, missing: AdditiveTally) {
    guard Self.isMonotone(metric),
      // Where the cells are equally full no value is at an end of its range, so no slope is 0.
      let slope = try? metric.gradient(DecisionCounts(SIMD8(repeating: 1)))
    else { return nil }
    rows = SIMD8<Double>().replacing(with: missing.rows, where: slope .!= 0).sum()
    guard rows > 0 else { return nil }
    isBetweenParts = metric is any RatioOfCounts
    self.metric = metric
    rising = SIMD8<Double>().replacing(with: missing.weighted, where: slope .> 0)
    falling = SIMD8<Double>().replacing(with: missing.weighted, where: slope .< 0)
  }

  func reach(_ sums: SIMD8<Double>) -> ClosedRange<Double>? {
    guard let low = try? metric.value(DecisionCounts(sums + falling)),
      let high = try? metric.value(DecisionCounts(sums + rising))
    else { return nil }
    // Sums in another order may differ in their last bit.
    return min(low, high)...high
  }

  private static func isMonotone(_ metric: any DecisionMetric) -> Bool {
    guard let ratio = metric as? any RatioOfCounts else {
      return metric is any MeanOfRates || metric is MatthewsCorrelation
    }
    let largest = ratio.denominator * ratio.range.upperBound
    return (0..<8).allSatisfy { ratio.numerator[$0] == 0 || ratio.numerator[$0] == largest[$0] }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The noise floor: max − min of independent estimates of one and the same quantity.
///
/// This is what a gap between equal groups looks like; d₂σ/√n for groups of equal size.
public enum NullRange {
  /// The expected range of independent N(0, vₖ), ∫ 1 − Π Fₖ − Π (1 − Fₖ).
  ///
  /// Variances positive; error below 1e-9 of the largest standard deviation.
  public static func mean(variances: [Double]) -> Double {
    let deviations = standardDeviations(variances)
    guard deviations.count >= 2, let least = deviations.min(), let most = deviations.max()
    else { return 0 }
    let points = Quadrature.points(about: [0], smallest: least, within: 0...(9 * most))
    // The integrand is even.
    return 2
      * Quadrature.integral(over: points, tolerance: 1e-10 * most) { x in
        var below = 1.0
        var above = 1.0
        for deviation in deviations {
          below *= Normal.cumulative(x / deviation)
          above *= Normal.cumulative(-x / deviation)
        }
        return 1 - below - above
      }
  }

  /// P(range ≤ w) of independent N(0, vₖ), Σₖ ∫ fₖ(x) Πⱼ≠ₖ [Fⱼ(x + w) − Fⱼ(x)] dx: k is lowest.
  public static func cumulative(_ width: Double, variances: [Double]) -> Double {
    let deviations = standardDeviations(variances)
    guard deviations.count >= 2, let least = deviations.min(), let most = deviations.max()
    else { return width >= 0 ? 1 : 0 }
    if width <= 0 { return 0 }
    let points = Quadrature.points(
      about: [-width, 0], smallest: least, within: (-width - 9 * most)...(9 * most))
    return Quadrature.integral(over: points) { x in
      // The sum of products is the product rule's, built up factor by factor.
      var product = 1.0
      var sum = 0.0
      for deviation in deviations {
        let within =
          Normal.cumulative((x + width) / deviation) - Normal.cumulative(x / deviation)
        sum = sum * within + product * Normal.density(x / deviation) / deviation
        product *= within
      }
      return sum
    }
  }

  /// The w with P(range ≤ w) = p, for p in (0, 1).
  public static func quantile(_ p: Double, variances: [Double]) -> Double {
    precondition(p > 0 && p < 1)
    guard variances.count >= 2, let most = standardDeviations(variances).max() else { return 0 }
    // Should every estimate lie within ± c of the common value, the range is at most 2c.
    let high = -2 * most * Normal.quantile((1 - p) / Double(2 * variances.count))
    return Root.ofIncreasing(between: 0, and: high) { cumulative($0, variances: variances) - p }
  }

  private static func standardDeviations(_ variances: [Double]) -> [Double] {
    precondition(variances.allSatisfy { $0 > 0 && $0.isFinite })
    return variances.map { $0.squareRoot() }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Comparisons of several independent normal estimates with one reference.
///
/// max |Tᵢ| with Tᵢ = (Xᵢ − X₀) / √(vᵢ + v₀), all means equal. Given X₀ the comparisons are
/// independent: one integral over X₀ is exact for any variances.
///
/// Source: Dunnett 1955, doi:10.1080/01621459.1955.10501294.
public enum Dunnett {
  /// P(max |Tᵢ| ≤ c); reference variance nonnegative, the others positive.
  public static func cumulative(
    _ critical: Double, referenceVariance: Double, variances: [Double]
  ) -> Double {
    precondition(referenceVariance >= 0 && referenceVariance.isFinite && !variances.isEmpty)
    precondition(variances.allSatisfy { $0 > 0 && $0.isFinite })
    if critical <= 0 { return 0 }
    // Xᵢ's interval given X₀ = √v₀ z, in Xᵢ's standard deviations: slope · z ± reach.
    let bands = variances.map { variance in
      (
        slope: (referenceVariance / variance).squareRoot(),
        reach: critical * (1 + referenceVariance / variance).squareRoot()
      )
    }
    return Quadrature.integral(over: points(bands)) { z in
      bands.reduce(Normal.density(z)) { product, band in
        let centre = band.slope * z
        return product
          * (Normal.cumulative(centre + band.reach) - Normal.cumulative(centre - band.reach))
      }
    }
  }

  /// The c with P(max |Tᵢ| ≤ c) = confidence; 2.212 for two comparisons of equal variances.
  public static func criticalValue(
    confidence: Double, referenceVariance: Double, variances: [Double]
  ) -> Double {
    precondition(confidence > 0 && confidence < 1 && !variances.isEmpty)
    let low = Normal.critical(confidence: confidence)
    if variances.count == 1 { return low }
    // Šidák's inequality: the dependence can only make the maximum smaller.
    let alpha = (1 - confidence) / Double(variances.count)
    return Root.ofIncreasing(between: low, and: -Normal.quantile(alpha / 2)) {
      cumulative($0, referenceVariance: referenceVariance, variances: variances) - confidence
    }
  }

  /// A comparison with a far more precise group is a step at the two ends of its band.
  private static func points(_ bands: [(slope: Double, reach: Double)]) -> [Double] {
    let steps = bands.filter { $0.slope > 4 }.flatMap {
      [-$0.reach / $0.slope, $0.reach / $0.slope]
    }
    return ([-9, 0, 9] + steps.filter { $0.magnitude < 9 }).sorted()
  }
}

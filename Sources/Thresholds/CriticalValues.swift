// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Critical values from joint draws.
///
/// The draws' quantile is kept between what a single estimate needs and what as many with any
/// dependence need (Šidák for both sides, Bonferroni for one), so that it is finite however few the
/// draws are.
///
/// With clusters, c is replaced by the quantile of Student's t at the same pointwise level,
/// t = T⁻¹(Φ(c)). Cluster variances err differently at different thresholds, so that maxima are larger
/// than those of a multivariate t, whose common denominator makes its tails meet.
struct CriticalValues {
  let confidence: Double
  let degrees: Double

  func twoSided(_ maxima: [Double], size: Int) -> Double {
    let each = Sidak.each(confidence, count: size)
    let drawn = MaxT(maxima: maxima).criticalValue(confidence: confidence)
    return studentized(
      max(Normal.critical(confidence: confidence), min(drawn, Normal.critical(confidence: each))))
  }

  func oneSided(_ maxima: [Double], size: Int) -> Double {
    let drawn = MaxT(maxima: maxima).criticalValue(confidence: confidence)
    let bound = -Normal.quantile((1 - confidence) / Double(max(1, size)))
    return studentized(max(-Normal.quantile(1 - confidence), min(drawn, bound)))
  }

  private func studentized(_ critical: Double) -> Double {
    degrees.isInfinite
      ? critical : -StudentT.quantile(Normal.cumulative(-critical), degreesOfFreedom: degrees)
  }
}

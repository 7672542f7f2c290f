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
struct CriticalValue: Sendable {
  /// Of normal errors, and the same with estimated standard errors.
  let normal: Double
  let studentized: Double

  init(normal: Double, degrees: Double) {
    self.normal = normal
    studentized =
      degrees.isInfinite
      ? normal : -StudentT.quantile(Normal.cumulative(-normal), degreesOfFreedom: degrees)
  }
}

/// Critical values of families of contrasts.
struct CriticalValues {
  let confidence: Double
  let degrees: Double

  func twoSided(_ maxima: [Double], size: Int) -> CriticalValue {
    let each = Sidak.each(confidence, count: size)
    let drawn = MaxT(maxima: maxima).criticalValue(confidence: confidence)
    let normal = max(
      Normal.critical(confidence: confidence), min(drawn, Normal.critical(confidence: each)))
    return CriticalValue(normal: normal, degrees: degrees)
  }

  func oneSided(_ maxima: [Double], size: Int) -> CriticalValue {
    let drawn = MaxT(maxima: maxima).criticalValue(confidence: confidence)
    let bound = -Normal.quantile((1 - confidence) / Double(max(1, size)))
    return CriticalValue(
      normal: max(-Normal.quantile(1 - confidence), min(drawn, bound)), degrees: degrees)
  }
}

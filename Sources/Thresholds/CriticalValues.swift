// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Critical values of families of contrasts, from joint draws.
///
/// The draws' quantile is kept between what a single estimate needs and what as many with any
/// dependence need (Šidák for both sides, Bonferroni for one), so that it is finite however few the
/// draws are.
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

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// How many standard errors a band is wide.
///
/// With clusters, the normal c is replaced by the quantile of Student's t at the same pointwise
/// level, t = T⁻¹(Φ(c)). Cluster variances err differently at different thresholds, so that maxima
/// are larger than those of a multivariate t, whose common denominator makes its tails meet.
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

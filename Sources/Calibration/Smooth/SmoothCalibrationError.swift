// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The mean distance between scores and observed rates after both are smoothed over the score, at the
/// width at which the smoothing is as wide as the error is large: smECE.
///
/// smECE_σ = ∫₀¹ |Σ w(y − f) K_σ(t, f)| dt / Σw with K_σ the Gaussian density of standard deviation σ
/// reflected at 0 and 1, reported at the σ* where smECE_σ* = σ*. It has no bins, and it lies within
/// constant factors of the least distance to perfectly calibrated scores. A perfectly calibrated model
/// shows more than 0 — on average 0.085 on 50 rows with uniform scores, 0.014 on 10,000 — so it is read
/// beside its null distribution.
///
/// Undefined without rows. Computed on 512 to 8,192 equal cells, four or more a typical width, by a cosine
/// transform, in which reflection is exact, and read at the centres of larger cells where these still are
/// eight or more a typical width: within 10⁻⁴ of the definition for every score distribution that was
/// tried, mostly within 10⁻⁵. One pass over the positives a label vector, and about five transforms, of
/// four vectors at a time.
///
/// Source: Błasiok & Nakkiran 2024, arXiv:2309.12236.
public struct SmoothCalibrationError: CalibrationStatistic {
  public let id = "smooth_calibration_error"
  public let title = "Smooth calibration error"
  public let definition = """
    The mean over the score of |smoothed (label − score)|, smoothed with a reflected Gaussian as wide as the \
    resulting error (Błasiok & Nakkiran 2024, arXiv:2309.12236). No bins. Above 0 even where every score is \
    right, and the more the fewer rows. Undefined without rows.
    """
  public let meaning = "how far scores are from observed rates, without any choice of bins"

  public init() {}

  public func prepare(
    _ sample: CalibrationSample
  ) throws(Undefined) -> PreparedSmoothCalibrationError {
    guard sample.masses.reduce(0, +) > 0 else { throw Undefined("no labelled rows with a score") }
    return PreparedSmoothCalibrationError(sample)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The squared kernel calibration error: whether rows with near scores err in the same direction.
///
/// SKCE = Σ_{i≠j} wᵢwⱼ rᵢrⱼ k(fᵢ, fⱼ) / Σ_{i≠j} wᵢwⱼ over pairs of rows, r = y − f and
/// k(f, g) = exp(−|f − g|/γ). Its mean is 0 where every score is right and above 0 where not, whatever
/// the number of rows: no bins and no bias; a negative value says that nothing was found. On a squared
/// scale, weighted by the kernel: a statistic to test with, not a distance to report.
///
/// This is the unbiased quadratic estimator for every number of rows. No estimator on blocks or
/// disjoint pairs of rows is needed: for this kernel the sum over pairs of sorted scores follows from
/// Aᵢ = exp(−(fᵢ − fᵢ₋₁)/γ) (Aᵢ₋₁ + Rᵢ₋₁), so that it is exact in one pass.
///
/// Undefined under two rows.
///
/// Source: Widmann, Lindsten & Zachariah 2019, arXiv:1910.11385.
public struct KernelCalibrationError: CalibrationStatistic {
  public let id = "kernel_calibration_error"
  public let title = "Squared kernel calibration error"
  public let definition = """
    The mean over pairs of rows of (y − f)(y′ − f′) exp(−|f − f′|/γ): the quadratic U-statistic, \
    computed exactly for every number of rows (Widmann, Lindsten & Zachariah 2019, arXiv:1910.11385). 0 on \
    average where every score is right; may be negative. Undefined under two rows.
    """
  public let meaning = "whether rows with near scores err in the same direction"

  /// Which pairs of rows are summed.
  public enum Estimator: String, Sendable {
    /// All pairs of different rows.
    case unbiased = "unbiased_quadratic"
    /// Also every row with itself, over (Σw)²: the kernel distance of the sample itself, never negative.
    case biased
  }

  public let estimator: Estimator
  /// γ: the distance of scores over which the kernel falls by the factor e.
  public let scale: Double

  public init(scale: Double = 1, estimator: Estimator = .unbiased) {
    precondition(scale > 0 && scale.isFinite, "the kernel's scale is a positive distance")
    self.scale = scale
    self.estimator = estimator
  }

  public func prepare(_ sample: CalibrationSample) throws(Undefined) -> PreparedKernelCalibration {
    guard sample.rowCount >= (estimator == .biased ? 1 : 2) else {
      throw Undefined("\(Int(sample.rowCount)) labelled rows with a score, a pair is needed")
    }
    return PreparedKernelCalibration(sample, self)
  }
}

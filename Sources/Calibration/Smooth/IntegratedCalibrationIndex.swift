// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The mean distance between scores and the rates that loess finds at them: ICI; beside it the
/// distance's median E50 and 90 % quantile E90.
///
/// ICI = Σ w|f − s(f)| / Σw, s the local quadratic regression of labels on scores with span 0.75,
/// tricube weights and no robustness iterations, fitted at the scores themselves (R's `loess` with
/// `surface = "direct"`; its default interpolates between the corners of a tree and differs). E50 and
/// E90 are the smallest distances that half and 90 % of the weight do not exceed. Like every distance
/// it is above 0 where every score is right: it is read beside its null distribution. Loess can leave
/// [0, 1]; it is not held back.
///
/// Up to 256 distinct scores the fit is exact. Above, it is evaluated at about 256 of them, in equal
/// steps of rank and score together, with linear interpolation between them, and rows are shared by the
/// two nodes beside them: within about 2 · 10⁻⁵ of the fit at every score. Undefined without rows.
///
/// Source: Austin & Steyerberg 2019, doi:10.1002/sim.8281.
public struct IntegratedCalibrationIndex: CalibrationStatistic {
  public let id = "integrated_calibration_index"
  public let title = "Integrated calibration index"
  public let definition = """
    The mean over rows of |score − rate by loess| (local quadratic, span 0.75, tricube, fitted directly), \
    Austin & Steyerberg 2019, doi:10.1002/sim.8281. Above 256 distinct scores the curve is fitted \
    at 256 of them and interpolated. Above 0 even where every score is right. Undefined without rows.
    """
  public let meaning = "how far scores are from a smooth curve of observed rates, on average"

  /// The share of rows within reach of a fit.
  public let span: Double
  /// At most so many scores are fitted at.
  static let mostNodes = 256

  public init(span: Double = 0.75) {
    precondition(span > 0 && span <= 1, "the span is a share of the rows")
    self.span = span
  }

  public func prepare(
    _ sample: CalibrationSample
  ) throws(Undefined) -> PreparedIntegratedCalibration {
    guard sample.masses.reduce(0, +) > 0 else { throw Undefined("no labelled rows with a score") }
    return PreparedIntegratedCalibration(sample, span: span)
  }
}

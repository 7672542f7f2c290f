// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The expected calibration error over as many bins of equal mass as keep the observed rates in
/// order.
///
/// The number of bins rises from 1 by 1; the sweep stops before the first number b whose bins'
/// rates of positives fall anywhere, or at the number of distinct scores. Equal rates are in order.
/// Bins are cut at the scores of rank ⌈j·n/b⌉, (a, b], and ties are never split: cuts that fall on
/// one score are one cut, so that b may make fewer than b bins. At b = the number of distinct
/// scores every score is a bin.
public struct SweptCalibrationError: CalibrationStatistic {
  public let id = "swept_calibration_error"
  public let title = "Expected calibration error, monotone sweep"
  public let definition = """
    Σ over bins |Σ w(s − y)| / Σ w over b bins of equal mass, b the largest number such that for \
    1, 2, …, b bins the rates of positives never fall from a bin to the next; ties in score never \
    split. Above 0 for correct scores too. Undefined without labelled rows. Source: Roelofs, Cain, \
    Shlens & Mozer 2022, arXiv 2012.08668.
    """
  public let meaning = "how far scores are from observed rates, in as many bins as the data support"

  public init() {}

  public func prepare(_ sample: CalibrationSample) throws(Undefined) -> PreparedSweep {
    try PreparedSweep(sample)
  }
}

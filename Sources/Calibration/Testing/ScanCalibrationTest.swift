// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// A test of calibration that looks at every fineness of bins at once: the largest standardised T-Cal
/// statistic over 1, 2, 4, … equal-mass bins.
///
/// T_m = Σ_b [(Σ wr)² − Σ (wr)²] / W_b / W over the m bins, r = y − f and W weights: the squared
/// calibration error of the bins less what single rows put into it, so that its mean is 0 where every
/// score is right. Each T_m is divided by its standard deviation there,
/// √(Σ_b 2[(Σ w²v)² − Σ (w²v)²] / W_b²) / W with v = f(1 − f), and the value is the largest. Few bins
/// find broad errors, many find narrow ones; the scan needs no smoothness to be known beforehand. Its
/// p-value comes from labels drawn at the scores.
///
/// Bins are cut where the cumulated weight reaches a multiple of W/m, ties are never split, and bins
/// are halved while they hold `smallestBin` rows on average. Undefined where no bin has two rows with
/// scores strictly between 0 and 1. One pass over the positives a label vector.
///
/// Source: Lee, Huang, Hassani & Dobriban 2023, arXiv:2203.01850 (there: bins of equal width, a
/// threshold for each m from asymptotics; here: bins of equal mass, one exact Monte-Carlo level).
public struct ScanCalibrationTest: CalibrationStatistic {
  public let id = "calibration_scan"
  public let title = "Calibration scan"
  public let definition = """
    The largest, over 1, 2, 4, … equal-mass bins, of the debiased squared binned calibration error over its \
    standard deviation where every score is right (after T-Cal, Lee, Huang, Hassani & Dobriban 2023, \
    arXiv:2203.01850). Its critical value and p-value come from drawn labels. Undefined where no bin has two \
    rows with scores between 0 and 1.
    """
  public let meaning = "whether scores are off at some fineness of score bins, broad or narrow"

  /// How many rows a bin of the finest scale holds on average.
  public let smallestBin: Double

  public init(smallestBin: Double = 8) {
    precondition(smallestBin >= 2, "one row has no pair")
    self.smallestBin = smallestBin
  }

  public func prepare(_ sample: CalibrationSample) throws(Undefined) -> PreparedCalibrationScan {
    guard sample.rowCount > 0 else { throw Undefined("no labelled rows with a score") }
    let prepared = PreparedCalibrationScan(sample, smallestBin: smallestBin)
    guard prepared.deviations.contains(where: { $0 > 0 }) else {
      throw Undefined("no two labelled rows with scores between 0 and 1 share a bin")
    }
    return prepared
  }
}

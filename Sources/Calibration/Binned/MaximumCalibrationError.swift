// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The largest distance between mean score and observed rate among bins.
public struct MaximumCalibrationError: CalibrationStatistic {
  public let binning: ScoreBinning
  public let meaning = "how far scores are from the observed rate in the worst score bin"

  public init(_ binning: ScoreBinning = .equalMass(10)) {
    self.binning = binning
  }

  public var id: String {
    if case .edges = binning { return "maximum_calibration_error" }
    return "maximum_calibration_error_\(binning.id)"
  }
  public var title: String { "Maximum calibration error, \(binning.title)" }
  public var definition: String {
    """
    max over bins |Σ w(s − y)| / Σ w of the bin, \(binning.title), (a, b], ties never split, empty \
    bins left out. Above 0 for correct scores too: it is the extreme of many noisy numbers. \
    Undefined without labelled rows. Source: Naeini, Cooper & Hauskrecht 2015, \
    doi:10.1609/aaai.v29i1.9602.
    """
  }

  public func prepare(_ sample: CalibrationSample) throws(Undefined) -> PreparedBinnedCalibration {
    PreparedBinnedCalibration(bins: try ScoreBins(sample, binning), takesMaximum: true)
  }
}

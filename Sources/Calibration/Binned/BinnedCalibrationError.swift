// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The expected calibration error over bins of one's choice: the mean distance between score and
/// observed rate.
///
/// With pooled edges it is the catalogue's `ExpectedCalibrationError`; with the sample's own
/// quantiles or bins of equal width it needs no other slice.
public struct BinnedCalibrationError: CalibrationStatistic {
  public let binning: ScoreBinning
  public let meaning = "how far scores are from observed rates, on average over score bins"

  public init(_ binning: ScoreBinning = .equalMass(10)) {
    self.binning = binning
  }

  public var id: String {
    if case .edges = binning { return "expected_calibration_error" }
    return "expected_calibration_error_\(binning.id)"
  }
  public var title: String { "Expected calibration error, \(binning.title)" }
  public var definition: String {
    """
    Σ over bins |Σ w(s − y)| / Σ w, \(binning.title), (a, b], ties never split. Above 0 for \
    correct scores too, the more the fewer the rows. Undefined without labelled rows. Source: \
    Naeini, Cooper & Hauskrecht 2015, doi:10.1609/aaai.v29i1.9602.
    """
  }

  public func prepare(_ sample: CalibrationSample) throws(Undefined) -> PreparedBinnedCalibration {
    PreparedBinnedCalibration(bins: try ScoreBins(sample, binning), takesMaximum: false)
  }
}

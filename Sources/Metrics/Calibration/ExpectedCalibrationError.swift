// SPDX-License-Identifier: Apache-2.0

/// The mean distance between score and observed rate over score bins.
public struct ExpectedCalibrationError: Metric {
  public typealias Summary = BinnedScores
  public let id = "expected_calibration_error"
  public let title = "Expected calibration error"
  public let aliases = ["ece"]
  public let range = 0.0...1.0
  public let direction = Direction.lowerIsBetter
  public let comparison = Comparison.none
  public let nullAtBoundary = true
  public let definition = """
    Σ over bins |Σ (s − y)| / n, 10 bins with edges at the pooled quantiles of the model's scores, (a, b], \
    ties never split, the same edges in every slice. A perfectly calibrated model shows more than 0, and \
    the more the smaller the slice: beside it stand the mean and the 95 % value that perfect calibration \
    would show at this n, and the p-value of that comparison (consistency resampling, Bröcker & Smith 2007, \
    doi:10.1175/WAF993.1). No interval: its null value lies at the end of its range.
    """
  public let meaning = "how far scores are from observed rates, on average over score bins"

  public init() {}

  public func value(_ bins: BinnedScores) throws(Undefined) -> Double {
    guard support(bins) > 0 else { throw Undefined("no labelled rows with a score") }
    return bins.calibrationError(positives: bins.positives)
  }

  public func support(_ bins: BinnedScores) -> Double { bins.weights.reduce(0, +) }
}

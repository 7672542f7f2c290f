// SPDX-License-Identifier: Apache-2.0

/// Expected over observed: Σ s / Σ y.
public struct CalibrationRatio: ProbabilityMetric {
  public let id = "calibration_ratio"
  public let title = "Calibration ratio"
  public let aliases = ["expected_to_observed"]
  public let range = 0...Double.infinity
  public let direction = Direction.closer(to: 1)
  public let comparison = Comparison.differenceAndRatio
  public let numerator = 3
  public let denominator = 4
  public let supportName = "positives"
  public let definition = """
    Σ s / Σ y over labelled rows with a score: mean score over base rate. Above 1 the scores promise more \
    positives than there are. Undefined without positives.
    """
  public let meaning = "how many positives the scores promise for each one observed; 1 is right"

  public init() {}
}

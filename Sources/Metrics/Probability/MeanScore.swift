// SPDX-License-Identifier: Apache-2.0

/// The mean of the scores: Σ s / n.
public struct MeanScore: ProbabilityMetric {
  public let id = "mean_score"
  public let title = "Mean score"
  public let aliases = ["mean_prediction"]
  public let range = -Double.infinity...Double.infinity
  public let direction = Direction.descriptive
  public let numerator = 1
  public let denominator = 0
  public let supportName = "rows with a score"
  public let needsProbability = false
  public let definition =
    "Σ s / n over rows with a score. Needs no label; undefined without a score."
  public let meaning = "the average score"

  public init() {}
}

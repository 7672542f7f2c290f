// SPDX-License-Identifier: Apache-2.0

/// The mean squared difference of probability and label: Σ (s − y)² / n.
public struct BrierScore: ProbabilityMetric {
  public let id = "brier_score"
  public let title = "Brier score"
  public let aliases = ["brier_score_loss", "brier"]
  public let range = 0.0...1.0
  public let direction = Direction.lowerIsBetter
  public let numerator = 5
  public let denominator = 2
  public let supportName = "labelled rows with a score"
  public let definition = """
    Σ (s − y)² / n over labelled rows with a score (Brier 1950, Monthly Weather Review 78:1). Depends \
    on the base rate: groups with other base rates have other Brier scores under the same quality.
    """
  public let meaning = "the mean squared error of the probabilities"

  public init() {}
}

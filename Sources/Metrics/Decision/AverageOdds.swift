// SPDX-License-Identifier: Apache-2.0

/// The mean of true positive rate and false positive rate; the base of `average_odds_difference`.
public struct AverageOdds: MeanOfRates {
  public let id = "average_odds"
  public let title = "Average odds"
  public let direction = Direction.descriptive
  public let first = TruePositiveRate()
  public let second = FalsePositiveRate()
  public let definition = """
    (TP / (TP + FN) + FP / (FP + TN)) / 2. Its signed difference between two groups is the average odds \
    difference; opposite gaps in the two rates cancel in it, so both stand beside it. Undefined unless \
    there are both positives and negatives.
    """
  public let meaning = "the mean of true positive rate and false positive rate"

  public init() {}
}

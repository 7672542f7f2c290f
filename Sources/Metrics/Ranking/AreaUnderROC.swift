// SPDX-License-Identifier: Apache-2.0

/// The probability that a positive scores higher than a negative, ties counting half.
///
/// Variance after DeLong, DeLong & Clarke-Pearson (1988, doi:10.2307/2531595), from the placements of
/// every positive among the negatives and of every negative among the positives; one pass over the
/// sorted view. With weights the same sums are weighted.
public struct AreaUnderROC: RankedMetric {
  public let id = "roc_auc"
  public let title = "ROC AUC"
  public let aliases = ["roc_auc_score", "auc"]
  public let range = 0.0...1.0
  public let direction = Direction.higherIsBetter
  public let varianceMethod = "delong"
  public let definition = """
    The probability that a random positive scores higher than a random negative, ties counting half. \
    Undefined unless there are both. Standard error after DeLong (doi:10.2307/2531595).
    """
  public let meaning = "how often a positive is ranked above a negative; 0.5 is chance"

  public init() {}

  public func estimate(_ view: RankedScores) throws(Undefined) -> RankedEstimate {
    try view.requireBothClasses()
    let (positives, negatives) = (view.positiveWeight, view.negativeWeight)
    var influence = ScoreInfluence(
      positive: Array(repeating: 0, count: view.scores.count),
      negative: Array(repeating: 0, count: view.scores.count))
    var (positivesBelow, negativesBelow, area) = (0.0, 0.0, 0.0)
    for index in view.scores.indices {
      let (tiedPositives, tiedNegatives) = (view.positives[index], view.negatives[index])
      influence.positive[index] = (negativesBelow + tiedNegatives / 2) / negatives
      influence.negative[index] = 1 - (positivesBelow + tiedPositives / 2) / positives
      area += tiedPositives * (negativesBelow + tiedNegatives / 2)
      positivesBelow += tiedPositives
      negativesBelow += tiedNegatives
    }
    let value = min(area / (positives * negatives), 1)
    let (squaredPositives, squaredNegatives) = (view.squaredPositives, view.squaredNegatives)
    var (ofPositives, ofNegatives) = (0.0, 0.0)
    for index in view.scores.indices {
      influence.positive[index] = (influence.positive[index] - value) / positives
      influence.negative[index] = (influence.negative[index] - value) / negatives
      let (p, n) = (influence.positive[index], influence.negative[index])
      ofPositives += squaredPositives[index] * p * p
      ofNegatives += squaredNegatives[index] * n * n
    }
    let variance =
      ofPositives * sampleCorrection(view.positiveRows)
      + ofNegatives * sampleCorrection(view.negativeRows)
    return RankedEstimate(value: value, variance: variance, influence: influence)
  }

  /// m/(m−1); a single placement shows no variation, which must not pass for certainty.
  private func sampleCorrection(_ rows: Double) -> Double {
    rows > 1 ? rows / (rows - 1) : 1
  }
}

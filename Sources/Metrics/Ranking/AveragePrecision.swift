// SPDX-License-Identifier: Apache-2.0

/// The mean over positives of the precision at their score: Σ (Rₜ − Rₜ₋₁) Pₜ, no interpolation.
///
/// The influence of a row with score s and label y, with Bᵢ the weight and precᵢ the precision at or
/// above score i: (y(prec(s) − AP) + Σ_{positives i: sᵢ ≤ s} (y − precᵢ)/Bᵢ) / P, the derivative of the
/// estimate by the row's weight. Two passes over the sorted view.
///
/// The variance of m rows of a class takes each influence as if its row had been left out, by m/(m−1)
/// (HC3, MacKinnon & White 1985, doi:10.1016/0304-4076(85)90158-7): few positives stand for many
/// thresholds, and a row pulls the precision that it is compared with.
public struct AveragePrecision: RankedMetric {
  public let id = "average_precision"
  public let title = "Average precision"
  public let aliases = ["average_precision_score", "pr_auc"]
  public let range = 0.0...1.0
  public let direction = Direction.higherIsBetter
  public let varianceMethod = "influence_function"
  public let definition = """
    Σ (Rₜ − Rₜ₋₁) Pₜ over distinct scores, R recall and P precision of selecting that score and above. \
    Depends on the base rate. Undefined unless there are both positives and negatives.
    """
  public let meaning = "precision averaged over all thresholds; chance level is the base rate"

  public init() {}

  public func estimate(_ view: RankedScores) throws(Undefined) -> RankedEstimate {
    try view.requireBothClasses()
    let (positives, negatives) = (view.positiveWeight, view.negativeWeight)
    let count = view.scores.count
    var influence = ScoreInfluence(
      positive: Array(repeating: 0, count: count), negative: Array(repeating: 0, count: count))
    var (positivesBelow, negativesBelow, sum) = (0.0, 0.0, 0.0)
    // Σ 1/B and Σ precision/B over the positives at or below the current score.
    var (shares, precisionShares) = (0.0, 0.0)
    for index in 0..<count {
      let above = positives - positivesBelow
      let selected = above + negatives - negativesBelow
      let precision = above > 0 ? above / selected : 0
      let tied = view.positives[index]
      if tied > 0 {
        sum += tied * precision
        shares += tied / selected
        precisionShares += tied * precision / selected
      }
      influence.positive[index] = precision + shares - precisionShares
      influence.negative[index] = -precisionShares
      positivesBelow += tied
      negativesBelow += view.negatives[index]
    }
    let value = min(sum / positives, 1)
    for index in 0..<count {
      influence.positive[index] = (influence.positive[index] - value) / positives
      influence.negative[index] /= positives
    }
    let (ofPositives, ofNegatives) = influence.variances(view)
    let variance =
      ofPositives * Self.leftOut(view.positiveRows)
      + ofNegatives * Self.leftOut(view.negativeRows)
    return RankedEstimate(value: value, variance: variance, influence: influence)
  }

  /// (m/(m−1))²; a single row cannot be left out.
  package static func leftOut(_ rows: Double) -> Double {
    rows > 1 ? rows * rows / ((rows - 1) * (rows - 1)) : 1
  }
}

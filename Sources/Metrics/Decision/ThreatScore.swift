// SPDX-License-Identifier: Apache-2.0

/// Of the rows that are positive, or selected, or both, the share that is both: TP / (TP + FP + FN).
public struct ThreatScore: RatioOfCounts {
  public let id = "threat_score"
  public let title = "Threat score"
  public let aliases = ["critical_success_index", "jaccard", "jaccard_score"]
  public let direction = Direction.higherIsBetter
  public let numerator = DecisionCells.truePositive.indicator
  public let denominator = DecisionCells([.truePositive, .falsePositive, .falseNegative]).indicator
  public let supportName = "rows that are positive or selected"
  public let emptyReason = "neither positives nor labelled rows selected"
  public let definition = """
    TP / (TP + FP + FN), also called critical success index or Jaccard index. Undefined when there is \
    neither a positive nor a labelled row selected.
    """
  public let meaning = "of people who are positive or selected, the share who are both"

  public init() {}

  public func support(_ counts: DecisionCounts) -> Double {
    counts.sum([.truePositive, .falsePositive, .falseNegative])
  }
}

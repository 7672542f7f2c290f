// SPDX-License-Identifier: Apache-2.0

/// Of those selected, the share whose label is positive: TP / (TP + FP).
public struct Precision: Rate {
  public let id = "precision"
  public let title = "Precision"
  public let aliases = ["precision_score", "positive_predictive_value", "ppv"]
  public let direction = Direction.higherIsBetter
  public let counted: DecisionCells = [.truePositive]
  public let among: DecisionCells = [.truePositive, .falsePositive]
  public let supportName = "labelled rows selected"
  public let definition = """
    TP / (TP + FP). Undefined when nobody labelled is selected.
    """
  public let meaning = "of people selected, the share with a positive label"

  public init() {}
}

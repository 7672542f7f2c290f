// SPDX-License-Identifier: Apache-2.0

/// The share of people whom the model selects: (TP + FP) / n.
public struct SelectionRate: Rate {
  public let id = "selection_rate"
  public let title = "Selection rate"
  public let aliases = ["positive_rate", "predicted_positive_rate", "acceptance_rate"]
  public let direction = Direction.descriptive
  public let counted: DecisionCells = [.truePositive, .falsePositive, .selectedUnlabelled]
  public let among: DecisionCells = [.labelledAndDecided, .selectedUnlabelled, .rejectedUnlabelled]
  public let supportName = "rows with a decision"
  public let definition = """
    Selected / all with a decision. Needs no label; undefined without a decision.
    """
  public let meaning = "the share of people who are selected"

  public init() {}
}

// SPDX-License-Identifier: Apache-2.0

/// The share of decisions that agree with the label: (TP + TN) / n.
public struct Accuracy: Rate {
  public let id = "accuracy"
  public let title = "Accuracy"
  public let aliases = ["accuracy_score"]
  public let direction = Direction.higherIsBetter
  public let counted: DecisionCells = [.truePositive, .trueNegative]
  public let among: DecisionCells = [.labelledAndDecided]
  public let supportName = "rows with label and decision"
  public let definition = """
    (TP + TN) / n. Undefined without labelled decisions.
    """
  public let meaning = "the share of decisions that are right"

  public init() {}
}

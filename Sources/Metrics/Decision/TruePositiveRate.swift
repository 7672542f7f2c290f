// SPDX-License-Identifier: Apache-2.0

/// Of those whose label is positive, the share selected: TP / (TP + FN).
public struct TruePositiveRate: Rate {
  public let id = "true_positive_rate"
  public let title = "True positive rate"
  public let aliases = ["recall", "recall_score", "sensitivity", "tpr"]
  public let direction = Direction.higherIsBetter
  public let counted: DecisionCells = [.truePositive]
  public let among: DecisionCells = [.truePositive, .falseNegative]
  public let supportName = "positives"
  public let definition = """
    TP / (TP + FN). Undefined without positives.
    """
  public let meaning = "of people with a positive label, the share selected"

  public init() {}
}

// SPDX-License-Identifier: Apache-2.0

/// The share of people whose label is positive: (TP + FN) / n.
public struct BaseRate: Rate {
  public let id = "base_rate"
  public let title = "Base rate"
  public let aliases = ["prevalence"]
  public let direction = Direction.descriptive
  public let counted: DecisionCells = [.truePositive, .falseNegative, .positiveUndecided]
  public let among: DecisionCells = [.labelledAndDecided, .positiveUndecided, .negativeUndecided]
  public let supportName = "rows with a label"
  public let definition = """
    Positives / all with a label. A property of the data, whatever the model does; undefined without labels.
    """
  public let meaning = "the share of people whose label is positive"

  public init() {}
}

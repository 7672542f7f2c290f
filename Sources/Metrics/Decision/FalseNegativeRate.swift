// SPDX-License-Identifier: Apache-2.0

/// Of those whose label is positive, the share not selected: FN / (TP + FN).
public struct FalseNegativeRate: Rate {
  public let id = "false_negative_rate"
  public let title = "False negative rate"
  public let aliases = ["miss_rate", "fnr"]
  public let direction = Direction.lowerIsBetter
  public let counted: DecisionCells = [.falseNegative]
  public let among: DecisionCells = [.truePositive, .falseNegative]
  public let supportName = "positives"
  public let definition = """
    FN / (TP + FN). Undefined without positives.
    """
  public let meaning = "of people with a positive label, the share missed"

  public init() {}
}

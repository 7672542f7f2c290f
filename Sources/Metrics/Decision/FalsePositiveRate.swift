// SPDX-License-Identifier: Apache-2.0

/// Of those whose label is negative, the share selected: FP / (FP + TN).
public struct FalsePositiveRate: Rate {
  public let id = "false_positive_rate"
  public let title = "False positive rate"
  public let aliases = ["fall_out", "fpr"]
  public let direction = Direction.lowerIsBetter
  public let counted: DecisionCells = [.falsePositive]
  public let among: DecisionCells = [.falsePositive, .trueNegative]
  public let supportName = "negatives"
  public let definition = """
    FP / (FP + TN). Undefined without negatives.
    """
  public let meaning = "of people with a negative label, the share selected"

  public init() {}
}

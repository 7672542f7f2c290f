// SPDX-License-Identifier: Apache-2.0

/// Of those whose label is negative, the share not selected: TN / (FP + TN).
public struct TrueNegativeRate: Rate {
  public let id = "true_negative_rate"
  public let title = "True negative rate"
  public let aliases = ["specificity", "tnr"]
  public let direction = Direction.higherIsBetter
  public let counted: DecisionCells = [.trueNegative]
  public let among: DecisionCells = [.falsePositive, .trueNegative]
  public let supportName = "negatives"
  public let definition = """
    TN / (FP + TN). Undefined without negatives.
    """
  public let meaning = "of people with a negative label, the share not selected"

  public init() {}
}

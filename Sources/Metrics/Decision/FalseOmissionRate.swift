// SPDX-License-Identifier: Apache-2.0

/// Of those not selected, the share whose label is positive: FN / (TN + FN).
public struct FalseOmissionRate: Rate {
  public let id = "false_omission_rate"
  public let title = "False omission rate"
  public let aliases = ["for"]
  public let direction = Direction.lowerIsBetter
  public let counted: DecisionCells = [.falseNegative]
  public let among: DecisionCells = [.trueNegative, .falseNegative]
  public let supportName = "labelled rows left unselected"
  public let definition = """
    FN / (TN + FN). Undefined when everybody labelled is selected.
    """
  public let meaning = "of people not selected, the share with a positive label"

  public init() {}
}

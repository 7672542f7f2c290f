// SPDX-License-Identifier: Apache-2.0

/// Of those not selected, the share whose label is negative: TN / (TN + FN).
public struct NegativePredictiveValue: Rate {
  public let id = "negative_predictive_value"
  public let title = "Negative predictive value"
  public let aliases = ["npv"]
  public let direction = Direction.higherIsBetter
  public let counted: DecisionCells = [.trueNegative]
  public let among: DecisionCells = [.trueNegative, .falseNegative]
  public let supportName = "labelled rows left unselected"
  public let definition = """
    TN / (TN + FN). Undefined when everybody labelled is selected.
    """
  public let meaning = "of people not selected, the share with a negative label"

  public init() {}
}

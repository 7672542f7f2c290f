// SPDX-License-Identifier: Apache-2.0

/// Of those selected, the share whose label is negative: FP / (TP + FP).
public struct FalseDiscoveryRate: Rate {
  public let id = "false_discovery_rate"
  public let title = "False discovery rate"
  public let aliases = ["fdr"]
  public let direction = Direction.lowerIsBetter
  public let counted: DecisionCells = [.falsePositive]
  public let among: DecisionCells = [.truePositive, .falsePositive]
  public let supportName = "labelled rows selected"
  public let definition = """
    FP / (TP + FP). Undefined when nobody labelled is selected.
    """
  public let meaning = "of people selected, the share with a negative label"

  public init() {}
}

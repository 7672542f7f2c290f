// SPDX-License-Identifier: Apache-2.0

/// The mean cost of a decision: Σ c(outcome) / n over labelled decisions, with the costs of a matrix.
///
/// In the unit of the costs. Measured only where costs are stated; with 1 for both errors it is
/// 1 − accuracy.
///
/// Source: Elkan 2001, The foundations of cost-sensitive learning, IJCAI, pp. 973–978.
public struct ExpectedCost: RatioOfCounts {
  public let id = "expected_cost"
  public let title = "Expected cost"
  public let aliases = ["mean_cost"]
  public let range = -Double.infinity...Double.infinity
  public let direction = Direction.lowerIsBetter
  public let denominator = DecisionCells.labelledAndDecided.indicator
  public let supportName = "rows with label and decision"
  public let definition = """
    (c_TP TP + c_FP FP + c_FN FN + c_TN TN) / n, in the unit of the costs that the configuration states \
    under 'costs'. Undefined without labelled decisions.
    """
  public let meaning = "the mean cost of a decision, by the stated costs of each outcome"
  public let costs: CostMatrix

  public init(_ costs: CostMatrix = CostMatrix(falsePositive: 1, falseNegative: 1)) {
    self.costs = costs
  }

  public var numerator: SIMD8<Double> {
    SIMD8(
      costs.truePositive, costs.falsePositive, costs.falseNegative, costs.trueNegative, 0, 0, 0, 0)
  }

  public func support(_ counts: DecisionCounts) -> Double { counts.sum(.labelledAndDecided) }
}

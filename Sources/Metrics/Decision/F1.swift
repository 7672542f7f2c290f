// SPDX-License-Identifier: Apache-2.0

/// The harmonic mean of precision and true positive rate: 2TP / (2TP + FP + FN).
public struct F1: RatioOfCounts {
  public let id = "f1"
  public let title = "F1"
  public let aliases = ["f1_score"]
  public let direction = Direction.higherIsBetter
  public let numerator = SIMD8<Double>(2, 0, 0, 0, 0, 0, 0, 0)
  public let denominator = SIMD8<Double>(2, 1, 1, 0, 0, 0, 0, 0)
  public let supportName = "rows that are positive or selected"
  public let emptyReason = "neither positives nor labelled rows selected"
  public let definition = """
    2 TP / (2 TP + FP + FN), the harmonic mean of precision and true positive rate. Undefined when there \
    is neither a positive nor a labelled row selected.
    """
  public let meaning = "the balance of precision and true positive rate"

  public init() {}

  /// The rows that are positive, or selected, or both.
  public func support(_ counts: DecisionCounts) -> Double {
    counts.sum([.truePositive, .falsePositive, .falseNegative])
  }
}

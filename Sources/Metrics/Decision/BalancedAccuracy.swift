// SPDX-License-Identifier: Apache-2.0

/// The mean of true positive rate and true negative rate.
public struct BalancedAccuracy: MeanOfRates {
  public let id = "balanced_accuracy"
  public let title = "Balanced accuracy"
  public let aliases = ["balanced_accuracy_score"]
  public let direction = Direction.higherIsBetter
  public let first = TruePositiveRate()
  public let second = TrueNegativeRate()
  public let definition = """
    (TP / (TP + FN) + TN / (TN + FP)) / 2. Undefined unless there are both positives and negatives: \
    the mean over the classes that happen to be present would be another quantity.
    """
  public let meaning = "the mean of the shares decided rightly among positives and among negatives"

  public init() {}
}

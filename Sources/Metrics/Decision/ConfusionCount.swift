// SPDX-License-Identifier: Apache-2.0

/// One cell of the confusion matrix: how many rows (or how much weight) it holds.
public struct ConfusionCount: Metric {
  public let id: String
  public let title: String
  public let definition: String
  public let meaning: String
  public let cell: DecisionCells
  public let range = 0...Double.infinity
  public let direction = Direction.descriptive
  public let comparison = Comparison.none

  public static let truePositives = ConfusionCount(
    "true_positives", "True positives", .truePositive, "selected, label positive")
  public static let falsePositives = ConfusionCount(
    "false_positives", "False positives", .falsePositive, "selected, label negative")
  public static let falseNegatives = ConfusionCount(
    "false_negatives", "False negatives", .falseNegative, "not selected, label positive")
  public static let trueNegatives = ConfusionCount(
    "true_negatives", "True negatives", .trueNegative, "not selected, label negative")

  private init(_ id: String, _ title: String, _ cell: DecisionCells, _ who: String) {
    self.id = id
    self.title = title
    self.cell = cell
    definition = "Rows that are \(who). A count of what was observed; it has no interval."
    meaning = "the number of people \(who)"
  }

  public func value(_ counts: DecisionCounts) throws(Undefined) -> Double { counts.sum(cell) }

  public func support(_ counts: DecisionCounts) -> Double { counts.sum(.labelledAndDecided) }
}

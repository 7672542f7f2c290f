// SPDX-License-Identifier: Apache-2.0

/// What each outcome of a decision costs, in any unit; a benefit is a negative cost.
public struct CostMatrix: Sendable, Equatable {
  public var truePositive: Double
  public var falsePositive: Double
  public var falseNegative: Double
  public var trueNegative: Double

  /// - Parameters:
  ///   - truePositive: the cost of selecting a positive.
  ///   - falsePositive: the cost of selecting a negative.
  ///   - falseNegative: the cost of leaving out a positive.
  ///   - trueNegative: the cost of leaving out a negative.
  public init(
    truePositive: Double = 0, falsePositive: Double, falseNegative: Double, trueNegative: Double = 0
  ) {
    self.truePositive = truePositive
    self.falsePositive = falsePositive
    self.falseNegative = falseNegative
    self.trueNegative = trueNegative
  }

  /// Why a list of costs is none.
  public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
    public var description: String
  }

  /// - Parameter items: `fp=5` or `false_positive=5`, each outcome once; tp and tn are 0 unless given.
  /// - Throws: ``Problem`` for another form, an unknown or repeated outcome, a cost that is no finite
  ///   number, and where an error costs nothing to tell it from: both errors must be given.
  public init(parsing items: [String]) throws(Problem) {
    var costs: [String: Double] = [:]
    for item in items {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let cost = Double(parts[1]), cost.isFinite else {
        throw Problem(description: "'\(item)' is not OUTCOME=NUMBER, such as fp=5")
      }
      guard let outcome = Self.outcomes[String(parts[0])] else {
        throw Problem(
          description: "'\(parts[0])' is no outcome; they are tp, fp, fn, tn or true_positive, "
            + "false_positive, false_negative, true_negative")
      }
      guard costs.updateValue(cost, forKey: outcome) == nil else {
        throw Problem(description: "'\(parts[0])' is given twice")
      }
    }
    guard let falsePositive = costs["fp"], let falseNegative = costs["fn"] else {
      throw Problem(description: "both errors need a cost: fp=NUMBER and fn=NUMBER")
    }
    self.init(
      truePositive: costs["tp"] ?? 0, falsePositive: falsePositive, falseNegative: falseNegative,
      trueNegative: costs["tn"] ?? 0)
  }

  private static let outcomes = [
    "tp": "tp", "true_positive": "tp", "fp": "fp", "false_positive": "fp", "fn": "fn",
    "false_negative": "fn", "tn": "tn", "true_negative": "tn",
  ]

  /// As it stands in a configuration: all four outcomes.
  public var items: [String] {
    ["tp=\(truePositive)", "fp=\(falsePositive)", "fn=\(falseNegative)", "tn=\(trueNegative)"]
  }
}

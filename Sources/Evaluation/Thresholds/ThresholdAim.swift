// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// What a threshold is wanted for: `precision>=0.8`, `selection_rate:sex>=0.8` (a ratio),
/// `true_positive_rate:sex<=0.05` (a difference), `true_positive_rate:sex=equal` (a threshold a group)
/// or `least_cost`.
public struct ThresholdAim: Sendable, Equatable {
  public enum Goal: Sendable, Equatable {
    /// The metric of everybody lies on this side of the limit.
    case metric(Side, Double)
    /// The lowest group's value divided by the highest's is at least so much.
    case ratio(attribute: String, atLeast: Double)
    /// The highest group's value less the lowest's is at most so much.
    case difference(attribute: String, atMost: Double)
    /// Every group has the value that everybody has at the model's own threshold.
    case equal(attribute: String)
    /// The expected cost is least.
    case leastCost
  }

  public enum Side: String, Sendable { case atLeast = ">=", atMost = "<=" }

  public var metric: String
  public var goal: Goal
  /// As it was asked for.
  public var text: String

  private static let forms =
    "METRIC>=V, METRIC<=V, METRIC:ATTRIBUTE>=RATIO, METRIC:ATTRIBUTE<=DIFFERENCE, "
    + "METRIC:ATTRIBUTE=equal or least_cost"

  /// - Throws: `ConfigurationError` for another form, and for a metric that does not depend on decisions.
  public init(parsing text: String) throws(ConfigurationError) {
    self.text = text
    if text == "least_cost" {
      metric = ExpectedCost().id
      goal = .leastCost
      return
    }
    let problem = ConfigurationError("'\(text)' is none of the forms \(Self.forms)")
    guard let sign = text.firstIndex(where: { "<>=".contains($0) }) else { throw problem }
    let names = text[..<sign].split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = names.first, !names.contains("") else { throw problem }
    guard let found = Catalogue.standard.metric(String(name)) as? any DecisionMetric,
      found.id != BaseRate().id
    else {
      throw ConfigurationError("'\(text)': '\(name)' is no metric of decisions")
    }
    metric = found.id
    let attribute = names.count == 2 ? String(names[1]) : nil
    if text[sign...] == "=equal", let attribute {
      goal = .equal(attribute: attribute)
      return
    }
    guard let side = Side(rawValue: String(text[sign...].prefix(2))),
      let limit = Double(text[sign...].dropFirst(2)), limit.isFinite
    else { throw problem }
    switch (attribute, side) {
    case (nil, _): goal = .metric(side, limit)
    case (let attribute?, .atMost): goal = .difference(attribute: attribute, atMost: limit)
    case (let attribute?, .atLeast):
      guard found.comparison == .differenceAndRatio else {
        throw ConfigurationError("'\(text)': \(found.id) has no ratio between groups")
      }
      goal = .ratio(attribute: attribute, atLeast: limit)
    }
  }

  /// The attribute whose groups are meant.
  var attribute: String? {
    switch goal {
    case .ratio(let attribute, _), .difference(let attribute, _), .equal(let attribute): attribute
    case .metric, .leastCost: nil
    }
  }
}

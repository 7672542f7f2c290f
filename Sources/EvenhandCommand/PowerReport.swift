// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The answer to a question about power, as it stands in the JSON.
struct PowerReport: Codable, Equatable, Sendable {
  var schema = "evenhand.power/1"
  var request: PowerRequest
  /// For what is supposed; none for a table.
  var answers: [PowerAnswer] = []
  /// How power grows with the rows, or with the gap.
  var curve: [PowerPoint] = []
  /// For a table; `null` otherwise.
  @ExplicitNull var table: PowerTableRecord?
}

/// What was asked.
struct PowerRequest: Codable, Equatable, Sendable {
  enum Question: String, Codable, Sendable {
    case sampleSize = "sample_size"
    case power
    case detectableGap = "detectable_gap"
    case table
  }
  enum Test: String, Codable, Sendable {
    case difference, ratio, equivalence
    case nonInferiority = "non_inferiority"
    case meanDifference = "mean_difference"
    case areaDifference = "area_difference"
  }
  struct Comparisons: Codable, Equatable, Sendable {
    enum Kind: String, Codable, CaseIterable, Sendable {
      case single, reference, pairs
    }

    var kind: Kind
    @ExplicitNull var groups: Int?
    @ExplicitNull var count: Int?
    /// Two-sided, of the normal distribution; `null` for a table, where attributes have their own.
    @ExplicitNull var critical: Double?
  }
  struct Cluster: Codable, Equatable, Sendable {
    var size: Int
    var correlation: Double
    var designEffect: Double
  }
  struct Deviations: Codable, Equatable, Sendable {
    var group: Double
    var reference: Double
  }

  var question: Question
  var test: Test
  var confidence: Double
  /// The power asked for; `null` where the power is the answer.
  @ExplicitNull var power: Double?
  var comparisons: Comparisons
  /// The reference's rate, mean or area.
  @ExplicitNull var reference: Double?
  /// The margin of the gap, of non-inferiority or of equivalence.
  @ExplicitNull var margin: Double?
  /// The ratio to be excluded.
  @ExplicitNull var limit: Double?
  @ExplicitNull var standardDeviations: Deviations?
  @ExplicitNull var baseRate: Double?
  var allocation: Double
  @ExplicitNull var cluster: Cluster?
}

/// Rows, or clusters, of two groups.
struct PowerSizes: Codable, Equatable, Sendable {
  var group: Int
  var reference: Int
}

/// A size, a power or a gap for one supposed pair of values.
struct PowerAnswer: Codable, Equatable, Sendable {
  /// What a method says.
  struct Method: Codable, Equatable, Sendable {
    /// `pooled_z`, `unpooled_z`, `log_ratio_z`, `t`, `hanley_mcneil_z`; or the enumerated interval.
    var method: String
    /// The rows that it asks for, where rows are asked for.
    @ExplicitNull var n: PowerSizes?
    /// What the rows of the answer have.
    @ExplicitNull var power: Double?
    /// The group's detectable value, where that is asked for.
    @ExplicitNull var group: Double?
  }

  var status: Status
  @ExplicitNull var reason: String?
  /// The group's value, supposed or detectable.
  @ExplicitNull var group: Double?
  var reference: Double
  /// group − reference
  @ExplicitNull var gap: Double?
  /// group ÷ reference
  @ExplicitNull var ratio: Double?
  /// The rows needed: the larger of formula and enumeration; or the rows there are.
  @ExplicitNull var n: PowerSizes?
  @ExplicitNull var clusters: PowerSizes?
  /// By enumeration where there is one, else by formula.
  @ExplicitNull var power: Double?
  var formula: Method
  @ExplicitNull var exact: Method?
  /// Why there is no enumeration.
  @ExplicitNull var exactReason: String?
}

/// A point of a curve of power.
struct PowerPoint: Codable, Equatable, Sendable {
  var group: Double
  var reference: Double
  var n: PowerSizes
  var formula: Double
  @ExplicitNull var exact: Double?
}

/// The groups of a table, and which gap each can show.
struct PowerTableRecord: Codable, Equatable, Sendable {
  struct Family: Codable, Equatable, Sendable {
    @ExplicitNull var model: String?
    var attribute: String
    @ExplicitNull var reference: String?
    /// The reference's rate that is planned with, and whether it was observed.
    @ExplicitNull var plannedRate: Double?
    var plannedRateIsObserved: Bool
    var comparisons: Int
    @ExplicitNull var critical: Double?
    var groups: [Group]
  }
  struct Group: Codable, Equatable, Sendable {
    /// `null`: rows without a value.
    @ExplicitNull var group: String?
    var isReference: Bool
    var status: Status
    @ExplicitNull var reason: String?
    /// Rows of the group.
    @ExplicitNull var n: Int?
    /// What the metric rests on: rows, or weight, below its fraction line.
    @ExplicitNull var denominator: Double?
    /// As many independent rows as that is worth; `null` where it is no rate.
    @ExplicitNull var effectiveDenominator: Double?
    @ExplicitNull var value: Double?
    /// The smallest gap to the reference that is seen: negative below, positive above.
    @ExplicitNull var detectableBelow: Double?
    @ExplicitNull var detectableAbove: Double?
    /// `newcombe_t` by enumeration, `pooled_z` by formula, `standard_error` for what is no rate.
    @ExplicitNull var method: String?
    /// The denominator needed for the margin beside the reference as it is.
    @ExplicitNull var needed: Int?
    @ExplicitNull var neededReason: String?
  }

  var source: String
  var rows: Int
  var metric: String
  var families: [Family]
}

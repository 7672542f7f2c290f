// SPDX-License-Identifier: Apache-2.0

/// What can be said of small groups beside their raw values: never instead of them, and never judged by
/// a gate.
public struct SmallGroupsRecord: Sendable, Codable, Equatable {
  /// One entry a metric, model and way of dividing people.
  public var estimates: [GroupEstimates] = []
  /// One entry a metric, model and context.
  public var bounds: [SimultaneousBoundsRecord] = []

  public init() {}
}

/// One rate of one model over the groups of an attribute, or of several crossed, each seen in the light
/// of the others.
public struct GroupEstimates: Sendable, Codable, Equatable {
  /// `nil` for a property of the data.
  @ExplicitNull public var model: String?
  public var metric: String
  public var attributes: [String]
  /// The stratum, within one.
  @ExplicitNull public var condition: Slice?
  public var status: Status
  @ExplicitNull public var reason: String?
  /// What shrunk values are shrunk towards, and the variance between groups that it goes by.
  @ExplicitNull public var target: Double?
  @ExplicitNull public var betweenVariance: Double?
  /// Whether crossed attributes add anything to their marginals; `null` for single attributes.
  @ExplicitNull public var goodnessOfFit: GoodnessOfFitRecord?
  public var groups: [GroupEstimate] = []

  public init(
    model: String?, metric: String, attributes: [String], condition: Slice?, status: Status,
    reason: String? = nil
  ) {
    self.metric = metric
    self.attributes = attributes
    self.status = status
    _model = ExplicitNull(wrappedValue: model)
    _condition = ExplicitNull(wrappedValue: condition)
    _reason = ExplicitNull(wrappedValue: reason)
  }
}

/// One group's rate as it is, shrunk towards the others', and from what its parts suggest.
public struct GroupEstimate: Sendable, Codable, Equatable {
  public var slice: Slice
  /// Rows that the rate is a share of.
  public var denominator: Int
  public var value: Double
  /// Empirical Bayes with pooled variance.
  public var shrunk: Double
  /// Of the shrunk value; `null` for fewer than four groups.
  @ExplicitNull public var interval: EstimateInterval?
  /// By structured regression; `null` for single attributes.
  @ExplicitNull public var structured: Double?

  public init(
    slice: Slice, denominator: Int, value: Double, shrunk: Double, interval: EstimateInterval?,
    structured: Double?
  ) {
    self.slice = slice
    self.denominator = denominator
    self.value = value
    self.shrunk = shrunk
    _interval = ExplicitNull(wrappedValue: interval)
    _structured = ExplicitNull(wrappedValue: structured)
  }
}

/// Whether rates of crossed groups differ from what their attributes predict one by one.
public struct GoodnessOfFitRecord: Sendable, Codable, Equatable {
  public var statistic: Double
  public var degreesOfFreedom: Int
  /// By parametric bootstrap.
  public var pValue: Double
  /// Of the χ² distribution: not for cells that expect few rows of either outcome.
  public var chiSquaredPValue: Double

  public init(
    statistic: Double, degreesOfFreedom: Int, pValue: Double, chiSquaredPValue: Double
  ) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
    self.chiSquaredPValue = chiSquaredPValue
  }
}

// SPDX-License-Identifier: Apache-2.0

/// One number of a model by which models are weighed: a metric on a slice, or the size of its difference
/// between two slices.
public struct Criterion: Sendable, Codable, Equatable {
  public var metric: String
  public var slice: Slice
  /// `null`: the metric itself.
  @ExplicitNull public var reference: Slice?
  /// Whether more of it is better.
  public var higherIsBetter: Bool

  public init(metric: String, slice: Slice, reference: Slice?, higherIsBetter: Bool) {
    self.metric = metric
    self.slice = slice
    self.higherIsBetter = higherIsBetter
    _reference = ExplicitNull(wrappedValue: reference)
  }
}

/// A criterion's value of one model with its interval.
public struct CriterionValue: Sendable, Codable, Equatable {
  public var value: Double
  public var low: Double
  public var high: Double

  public init(value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }
}

/// Where a model lies by two criteria.
public struct ParetoPoint: Sendable, Codable, Equatable {
  public var model: String
  public var x: CriterionValue
  public var y: CriterionValue
  /// Whether some model is at least as good by both criteria and better by one.
  public var isDominated: Bool
  /// The share of draws in which some model is.
  public var dominatedShare: Double

  public init(
    model: String, x: CriterionValue, y: CriterionValue, isDominated: Bool, dominatedShare: Double
  ) {
    self.model = model
    self.x = x
    self.y = y
    self.isDominated = isDominated
    self.dominatedShare = dominatedShare
  }
}

/// All models by two criteria at once.
public struct ParetoRecord: Sendable, Codable, Equatable {
  public var x: Criterion
  public var y: Criterion
  public var level: Double
  public var models: [ParetoPoint]

  public init(x: Criterion, y: Criterion, level: Double, models: [ParetoPoint]) {
    self.x = x
    self.y = y
    self.level = level
    self.models = models
  }
}

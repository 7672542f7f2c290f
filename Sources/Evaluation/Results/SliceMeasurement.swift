// SPDX-License-Identifier: Apache-2.0

/// What can be said of a number.
public enum Status: String, Sendable, Codable, Equatable {
  case ok
  /// The formula has no value here: 0/0, no positives, one class.
  case undefined
  /// It has a value, but too few rows behind it to compare or to gate on.
  case insufficient
  /// It was not reckoned; the reason says why.
  case notMeasured = "not_measured"
  /// It is withheld so that nobody can be recognised.
  case suppressed
}

/// The set of comparisons over which an interval or a p-value holds at once.
public struct Family: Sendable, Codable, Equatable {
  public var id: String
  /// How many comparisons are in it.
  public var size: Int
  /// Every studentized limit lies this many standard errors from its estimate, on the interval's scale;
  /// score intervals use it in place of the normal quantile.
  public var critical: Double

  public init(id: String, size: Int, critical: Double) {
    self.id = id
    self.size = size
    self.critical = critical
  }
}

/// An interval for a number, how it was made, and with what others it holds jointly.
public struct ReportedInterval: Sendable, Codable, Equatable {
  public var low: Double
  /// `null` where there is no upper limit (a ratio whose reference may be zero).
  @ExplicitNull public var high: Double?
  public var level: Double
  public var method: String
  @ExplicitNull public var family: Family?
  /// `null` where no limit comes from replicates, and for equalized odds.
  @ExplicitNull public var monteCarloError: MonteCarloError?

  public init(
    low: Double, high: Double?, level: Double, method: String, family: Family? = nil,
    monteCarloError: MonteCarloError? = nil
  ) {
    self.low = low
    _high = ExplicitNull(wrappedValue: high)
    self.level = level
    self.method = method
    _family = ExplicitNull(wrappedValue: family)
    _monteCarloError = ExplicitNull(wrappedValue: monteCarloError)
  }
}

/// What a metric would show if its null hypothesis held: a perfectly calibrated model, for a
/// calibration error.
public struct NullReference: Sendable, Codable, Equatable {
  public var hypothesis: String
  public var expected: Double
  public var upper95: Double
  public var pValue: Double

  public init(hypothesis: String, expected: Double, upper95: Double, pValue: Double) {
    self.hypothesis = hypothesis
    self.expected = expected
    self.upper95 = upper95
    self.pValue = pValue
  }
}

/// One metric of one model on one slice.
public struct SliceMeasurement: Sendable, Codable, Equatable {
  /// `null` for a property of the data, such as the base rate.
  @ExplicitNull public var model: String?
  public var metric: String
  public var slice: Slice
  public var status: Status
  @ExplicitNull public var reason: String?
  @ExplicitNull public var value: Double?
  @ExplicitNull public var standardError: Double?
  /// The variance over that of as many unweighted, independent rows; `null` where rows are just that.
  @ExplicitNull public var designEffect: Double?
  /// Rows in the slice; `null` where it is withheld.
  @ExplicitNull public var n: Int?
  @ExplicitNull public var numerator: Double?
  /// What the value rests on: the rows (or weight) below the fraction line, the smaller class for a
  /// ranking.
  @ExplicitNull public var denominator: Double?
  @ExplicitNull public var interval: ReportedInterval?
  /// Why there is a value and no interval.
  @ExplicitNull public var intervalReason: String?
  @ExplicitNull public var nullReference: NullReference?

  public init(model: String?, metric: String, slice: Slice, n: Int?) {
    _model = ExplicitNull(wrappedValue: model)
    self.metric = metric
    self.slice = slice
    status = .ok
    _n = ExplicitNull(wrappedValue: n)
  }
}

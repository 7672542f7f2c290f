// SPDX-License-Identifier: Apache-2.0

/// How far every slice's rate can lie from everybody's, for all slices at once.
public struct SimultaneousBoundsRecord: Sendable, Codable, Equatable {
  @ExplicitNull public var model: String?
  public var metric: String
  /// The stratum, within one.
  @ExplicitNull public var condition: Slice?
  public var status: Status
  @ExplicitNull public var reason: String?
  /// With which all bounds hold together.
  public var level: Double
  public var slices: [SimultaneousBound] = []

  public init(
    model: String?, metric: String, condition: Slice?, status: Status, reason: String? = nil,
    level: Double
  ) {
    self.metric = metric
    self.status = status
    self.level = level
    _model = ExplicitNull(wrappedValue: model)
    _condition = ExplicitNull(wrappedValue: condition)
    _reason = ExplicitNull(wrappedValue: reason)
  }
}

/// One slice's difference to everybody, with its share of the joint bounds.
public struct SimultaneousBound: Sendable, Codable, Equatable {
  public var slice: Slice
  /// Rows that the rate is a share of.
  public var denominator: Int
  /// The slice's rate less everybody's.
  public var difference: Double
  public var low: Double
  public var high: Double
  /// `multinomial_bootstrap`, or `clopper_pearson_square_and_add` for few rows.
  public var method: String

  public init(
    slice: Slice, denominator: Int, difference: Double, low: Double, high: Double, method: String
  ) {
    self.slice = slice
    self.denominator = denominator
    self.difference = difference
    self.low = low
    self.high = high
    self.method = method
  }
}

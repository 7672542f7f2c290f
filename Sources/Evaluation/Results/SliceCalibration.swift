// SPDX-License-Identifier: Apache-2.0

/// How far one model's scores on one slice are worth what they say.
public struct SliceCalibration: Sendable, Codable, Equatable {
  public var model: String
  public var slice: Slice
  public var status: Status
  @ExplicitNull public var reason: String?
  /// Rows with a score and a label, and the positives among them; `null` where they are withheld.
  @ExplicitNull public var n: Int?
  @ExplicitNull public var positives: Int?
  /// Distances of scores from rates, each with what perfect calibration would show.
  public var errors: [CalibrationDistance] = []
  /// The squared distance without the part that chance puts there; it may be negative.
  @ExplicitNull public var debiased: CalibrationEstimate?
  /// Of logit P(y = 1) = a + logit(s), and of the joint fit with a slope.
  @ExplicitNull public var intercept: CalibrationEstimate?
  @ExplicitNull public var slope: CalibrationEstimate?
  @ExplicitNull public var spiegelhalter: SpiegelhalterRecord?
  @ExplicitNull public var brier: BrierParts?
  /// `null` where it is not drawn: for crossed attributes.
  @ExplicitNull public var diagram: ReliabilityDiagram?

  public init(model: String, slice: Slice, status: Status, reason: String? = nil) {
    self.model = model
    self.slice = slice
    self.status = status
    _reason = ExplicitNull(wrappedValue: reason)
  }
}

/// One way of measuring how far scores are from rates.
public struct CalibrationDistance: Sendable, Codable, Equatable {
  /// `smooth_calibration_error`.
  public var id: String
  @ExplicitNull public var value: Double?
  /// Why there is no value, or no null reference.
  @ExplicitNull public var reason: String?
  @ExplicitNull public var nullReference: NullReference?

  public init(id: String, value: Double?, reason: String?, nullReference: NullReference?) {
    self.id = id
    _value = ExplicitNull(wrappedValue: value)
    _reason = ExplicitNull(wrappedValue: reason)
    _nullReference = ExplicitNull(wrappedValue: nullReference)
  }
}

/// A number about calibration that has an interval, or the reason why it has none.
public struct CalibrationEstimate: Sendable, Codable, Equatable {
  @ExplicitNull public var value: Double?
  @ExplicitNull public var interval: EstimateInterval?
  @ExplicitNull public var reason: String?

  public init(value: Double?, interval: EstimateInterval?, reason: String? = nil) {
    _value = ExplicitNull(wrappedValue: value)
    _interval = ExplicitNull(wrappedValue: interval)
    _reason = ExplicitNull(wrappedValue: reason)
  }
}

/// Spiegelhalter's test of calibration.
public struct SpiegelhalterRecord: Sendable, Codable, Equatable {
  public var z: Double
  public var pValue: Double

  public init(z: Double, pValue: Double) {
    self.z = z
    self.pValue = pValue
  }
}

/// Brier score = miscalibration − discrimination + uncertainty.
public struct BrierParts: Sendable, Codable, Equatable {
  public var score: Double
  public var miscalibration: Double
  public var discrimination: Double
  public var uncertainty: Double

  public init(
    score: Double, miscalibration: Double, discrimination: Double, uncertainty: Double
  ) {
    self.score = score
    self.miscalibration = miscalibration
    self.discrimination = discrimination
    self.uncertainty = uncertainty
  }
}

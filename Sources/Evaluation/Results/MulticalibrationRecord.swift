// SPDX-License-Identifier: Apache-2.0

/// Mean residuals of one model over slices × score bins, judged together.
public struct MulticalibrationRecord: Sendable, Codable, Equatable {
  public var model: String
  public var status: Status
  @ExplicitNull public var reason: String?
  /// What the largest |z| stays below with the given confidence where every score is right.
  @ExplicitNull public var critical: Double?
  public var level: Double
  /// Regions in the family, and those left out for too few rows or scores too near 0 or 1.
  public var size: Int
  public var excluded: Int
  /// The regions that are furthest off, by |z|; at most 20.
  public var worst: [MulticalibrationRegion] = []

  public init(
    model: String, status: Status, reason: String? = nil, critical: Double? = nil, level: Double,
    size: Int = 0, excluded: Int = 0
  ) {
    self.model = model
    self.status = status
    _reason = ExplicitNull(wrappedValue: reason)
    _critical = ExplicitNull(wrappedValue: critical)
    self.level = level
    self.size = size
    self.excluded = excluded
  }
}

/// The rows of a slice whose scores lie in (low, high].
public struct MulticalibrationRegion: Sendable, Codable, Equatable {
  public var slice: Slice
  public var low: Double
  public var high: Double
  public var n: Double
  /// Of scores, and of labels.
  public var meanScore: Double
  public var observedRate: Double
  /// (observed − mean score) over its standard error where every score is right.
  public var z: Double
  /// Among all regions of the family.
  public var adjustedPValue: Double

  public init(
    slice: Slice, low: Double, high: Double, n: Double, meanScore: Double, observedRate: Double,
    z: Double, adjustedPValue: Double
  ) {
    self.slice = slice
    self.low = low
    self.high = high
    self.n = n
    self.meanScore = meanScore
    self.observedRate = observedRate
    self.z = z
    self.adjustedPValue = adjustedPValue
  }
}

/// Calibration of all models by slice.
public struct CalibrationRecord: Sendable, Codable, Equatable {
  public var slices: [SliceCalibration] = []
  public var multicalibration: [MulticalibrationRecord] = []

  public init() {}
}

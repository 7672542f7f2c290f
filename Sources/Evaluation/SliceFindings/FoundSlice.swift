// SPDX-License-Identifier: Apache-2.0

/// The condition that a column has a value.
public struct FoundPredicate: Sendable, Codable, Hashable {
  public var column: String
  public var value: String

  public init(column: String, value: String) {
    self.column = column
    self.value = value
  }
}

/// A slice that a search lists.
public struct FoundSlice: Sendable, Codable, Equatable {
  public enum Status: String, Sendable, Codable {
    /// The adjusted p-value is at most 1 − confidence.
    case established
    case notEstablished = "not_established"
  }

  public var predicates: [FoundPredicate]
  public var status: Status
  public var n: Int
  public var meanError: Double
  @ExplicitNull public var interval: ReportedInterval?
  /// All other rows.
  public var restN: Int
  @ExplicitNull public var restMeanError: Double?
  /// meanError − restMeanError.
  @ExplicitNull public var difference: Double?
  @ExplicitNull public var differenceInterval: ReportedInterval?
  /// SliceLine's score.
  @ExplicitNull public var score: Double?
  /// The error sum in standard deviations from its mean under permutation.
  public var statistic: Double
  public var pValue: Double
  /// Step-down max-T over the family.
  public var adjustedPValue: Double
  public var benjaminiHochberg: Double
  public var benjaminiYekutieli: Double
  /// The place in the list of the most special slice that this one is a part of and significantly worse
  /// than.
  @ExplicitNull public var refines: Int?
  /// The established slices that it stands for; at most `SliceFinder.mostFolded` of them are listed.
  public var folded: [FoldedRecord]
  public var foldedCount: Int
  @ExplicitNull public var holdout: HoldoutRecord?

  public init(
    predicates: [FoundPredicate], status: Status, n: Int, meanError: Double, restN: Int,
    restMeanError: Double?, statistic: Double, pValue: Double, adjustedPValue: Double,
    benjaminiHochberg: Double, benjaminiYekutieli: Double
  ) {
    self.predicates = predicates
    self.status = status
    self.n = n
    self.meanError = meanError
    self.restN = restN
    _restMeanError = ExplicitNull(wrappedValue: restMeanError)
    _difference = ExplicitNull(wrappedValue: restMeanError.map { meanError - $0 })
    self.statistic = statistic
    self.pValue = pValue
    self.adjustedPValue = adjustedPValue
    self.benjaminiHochberg = benjaminiHochberg
    self.benjaminiYekutieli = benjaminiYekutieli
    folded = []
    foldedCount = 0
    _interval = ExplicitNull(wrappedValue: nil)
    _differenceInterval = ExplicitNull(wrappedValue: nil)
    _score = ExplicitNull(wrappedValue: nil)
    _refines = ExplicitNull(wrappedValue: nil)
    _holdout = ExplicitNull(wrappedValue: nil)
  }

  public var isEstablished: Bool { status == .established }
}

/// An established slice that another one stands for.
public struct FoldedRecord: Sendable, Codable, Equatable {
  public enum Reason: String, Sendable, Codable {
    /// It has nearly the same rows.
    case sameRows = "same_rows"
    /// Within the slice that stands for it, its errors are not significantly worse.
    case addsNothing = "adds_nothing"
  }

  public var predicates: [FoundPredicate]
  public var n: Int
  public var meanError: Double
  public var reason: Reason
  /// The share of common rows among those of either, or the adjusted p-value within the general slice.
  public var value: Double

  public init(
    predicates: [FoundPredicate], n: Int, meanError: Double, reason: Reason, value: Double
  ) {
    self.predicates = predicates
    self.n = n
    self.meanError = meanError
    self.reason = reason
    self.value = value
  }
}

/// What is left of a slice on rows that took no part in the search.
public struct HoldoutRecord: Sendable, Codable, Equatable {
  /// `ok`, or why there is no interval: `no_rows`, `no_rest`, `too_few_rows`, `no_variation`.
  public var status: String
  public var n: Int
  @ExplicitNull public var meanError: Double?
  public var restN: Int
  @ExplicitNull public var restMeanError: Double?
  @ExplicitNull public var difference: Double?
  @ExplicitNull public var interval: ReportedInterval?
  /// One-sided: against "not worse than the rest".
  @ExplicitNull public var pValue: Double?
  /// Holm's, over the listed slices of the same status.
  public var adjustedPValue: Double

  public init(
    status: String, n: Int, meanError: Double?, restN: Int, restMeanError: Double?,
    difference: Double?, interval: ReportedInterval?, pValue: Double?, adjustedPValue: Double
  ) {
    self.status = status
    self.n = n
    _meanError = ExplicitNull(wrappedValue: meanError)
    self.restN = restN
    _restMeanError = ExplicitNull(wrappedValue: restMeanError)
    _difference = ExplicitNull(wrappedValue: difference)
    _interval = ExplicitNull(wrappedValue: interval)
    _pValue = ExplicitNull(wrappedValue: pValue)
    self.adjustedPValue = adjustedPValue
  }
}

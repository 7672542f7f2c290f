// SPDX-License-Identifier: Apache-2.0

/// How many people of a thousand are decided otherwise.
public struct PeopleChange: Sendable, Codable, Equatable {
  /// Of a thousand people of the slice, how many more there are under the candidate.
  public var perThousand: Double
  public var low: Double
  public var high: Double

  public init(perThousand: Double, low: Double, high: Double) {
    self.perThousand = perThousand
    self.low = low
    self.high = high
  }
}

/// The people of a slice whom two models decide otherwise.
public struct ModelFlips: Sendable, Codable, Equatable {
  public var baseline: String
  public var candidate: String
  public var slice: Slice
  public var status: Status
  @ExplicitNull public var reason: String?
  /// People whom both models decide.
  @ExplicitNull public var n: Int?
  /// Rejected by the baseline, selected by the candidate; and the other way.
  @ExplicitNull public var newlySelected: Int?
  @ExplicitNull public var newlyRejected: Int?
  /// Decided wrongly by the baseline and rightly by the candidate; and the other way.
  @ExplicitNull public var corrected: Int?
  @ExplicitNull public var spoilt: Int?
  /// Selected with a positive label.
  @ExplicitNull public var correctlySelected: PeopleChange?
  /// Selected with a negative label.
  @ExplicitNull public var wronglySelected: PeopleChange?

  public init(baseline: String, candidate: String, slice: Slice) {
    self.baseline = baseline
    self.candidate = candidate
    self.slice = slice
    status = .ok
  }
}

// SPDX-License-Identifier: Apache-2.0

/// One bin of a reliability curve.
public struct ReliabilityBin: Sendable, Codable, Equatable {
  public var meanScore: Double
  public var observedRate: Double
  public var low: Double
  public var high: Double
  public var n: Double

  public init(meanScore: Double, observedRate: Double, low: Double, high: Double, n: Double) {
    self.meanScore = meanScore
    self.observedRate = observedRate
    self.low = low
    self.high = high
    self.n = n
  }
}

/// The share of a slice's rows in each of the equally wide bins from `low` to `high`.
public struct ScoreHistogram: Sendable, Codable, Equatable {
  public var low: Double
  public var high: Double
  public var shares: [Double]

  public init(low: Double, high: Double, shares: [Double]) {
    self.low = low
    self.high = high
    self.shares = shares
  }
}

/// The figures of one model on one slice (overall and single groups).
public struct SliceCurves: Sendable, Codable, Equatable {
  public var model: String
  public var slice: Slice
  /// [false positive rate, true positive rate], thinned to at most 200 vertices; `null` without both
  /// classes.
  @ExplicitNull public var roc: [[Double]]?
  /// `null` where scores are not probabilities or there are no labels.
  @ExplicitNull public var reliability: [ReliabilityBin]?
  @ExplicitNull public var histogram: ScoreHistogram?

  public init(model: String, slice: Slice) {
    self.model = model
    self.slice = slice
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The recalibrated rate at every score, and where it would lie if scores were right.
public struct ReliabilityDiagram: Sendable, Codable, Equatable {
  /// Ascending; between two steps there is no row.
  public var steps: [ReliabilityStep]
  /// Pointwise; empty where labels are not drawn (clustered rows), or too few for its level.
  public var band: [ReliabilityBandPoint]
  public var level: Double

  public init(steps: [ReliabilityStep], band: [ReliabilityBandPoint], level: Double) {
    self.steps = steps
    self.band = band
    self.level = level
  }
}

/// Scores that are recalibrated to one rate.
public struct ReliabilityStep: Sendable, Codable, Equatable {
  public var low: Double
  public var high: Double
  public var rate: Double
  /// Weight of the rows; their number where each weighs 1.
  public var n: Double

  public init(low: Double, high: Double, rate: Double, n: Double) {
    self.low = low
    self.high = high
    self.rate = rate
    self.n = n
  }
}

/// The consistency band at a score.
public struct ReliabilityBandPoint: Sendable, Codable, Equatable {
  public var score: Double
  public var low: Double
  public var high: Double

  public init(score: Double, low: Double, high: Double) {
    self.score = score
    self.low = low
    self.high = high
  }
}

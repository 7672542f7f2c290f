// SPDX-License-Identifier: Apache-2.0

/// How bands are reckoned.
package struct CurveSettings: Sendable {
  /// Of a whole curve, such as 0.95.
  package var confidence: Double
  /// A value that rests on less has no band.
  package var minimum: Int
  /// How many joint normal draws decide on a critical value.
  package var draws: Int
  package var seed: UInt64
  /// The random streams' family: curves of the same family share their random numbers.
  package var family: UInt32

  package init(
    confidence: Double = 0.95, minimum: Int = 10, draws: Int = 2000, seed: UInt64, family: UInt32
  ) {
    precondition(confidence > 0 && confidence < 1 && draws > 0 && minimum >= 0)
    self.confidence = confidence
    self.minimum = minimum
    self.draws = draws
    self.seed = seed
    self.family = family
  }
}

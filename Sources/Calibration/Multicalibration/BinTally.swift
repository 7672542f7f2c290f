// SPDX-License-Identifier: Apache-2.0

/// Rows of one cell in one score bin: their sums, and the rows themselves.
struct BinTally: Sendable {
  /// Rows of one score and weight.
  struct Entry: Sendable, Equatable {
    var score: Double
    var weight: Double
    var rows: Double
  }

  private(set) var rows = 0.0
  private(set) var positives = 0.0
  private(set) var mass = 0.0
  private(set) var positiveMass = 0.0
  /// Σ wf and Σ w²f(1 − f): mean and variance of Σ wy where every score is right.
  private(set) var expected = 0.0
  private(set) var variance = 0.0
  /// The largest weight of a row.
  private(set) var heaviest = 0.0
  private(set) var entries: [Entry] = []

  mutating func add(score: Double, label: Bool, weight: Double, rows count: Double) {
    rows += count
    positives += label ? count : 0
    mass += count * weight
    positiveMass += label ? count * weight : 0
    expected += count * weight * score
    variance += count * weight * weight * score * (1 - score)
    heaviest = max(heaviest, weight)
    entries.append(Entry(score: score, weight: weight, rows: count))
  }

  /// Adds another tally's sums, without its entries.
  mutating func merge(_ other: BinTally) {
    rows += other.rows
    positives += other.positives
    mass += other.mass
    positiveMass += other.positiveMass
    expected += other.expected
    variance += other.variance
    heaviest = max(heaviest, other.heaviest)
  }
}

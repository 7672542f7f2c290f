// SPDX-License-Identifier: Apache-2.0

/// Between which rates the recalibration curve would lie, score by score, if the scores were right.
///
/// Pointwise: at each score a curve of correct scores lies within with at least the level's
/// probability; that it lies within everywhere is less likely. With k = ⌊(B + 1)(1 − level)/2⌋, the
/// limits are the k-th smallest and the k-th largest of the B rates.
///
/// Source: Dimitriadis, Gneiting & Jordan 2021 (CORP), doi:10.1073/pnas.2016191118.
public struct ConsistencyBand: Sendable, Equatable {
  public struct Point: Sendable, Equatable {
    public var score: Double
    public var low: Double
    public var high: Double
  }

  /// In ascending order of scores.
  public let points: [Point]
  public let level: Double
  public let replicates: Int

  /// Limits at each score from rates in one row a replicate.
  init(scores: [Double], replicates: [[Double]], level: Double) {
    let rank = Int(Double(replicates.count + 1) * (1 - level) / 2 + 1e-9)
    precondition(rank >= 1 && level > 0, "too few replicates for a band of this level")
    self.level = level
    self.replicates = replicates.count
    points = scores.indices.map { index in
      let rates = replicates.map { $0[index] }.sorted()
      return Point(score: scores[index], low: rates[rank - 1], high: rates[rates.count - rank])
    }
  }
}

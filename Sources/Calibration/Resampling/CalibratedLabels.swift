// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// Label vectors of a sample drawn as if every score were the true probability.
///
/// An entry of a few rows is as many Bernoulli draws, one of many rows a binomial one. The vectors are
/// addressed by (seed, family, replicate): the same address gives the same vector on any thread. A
/// sample of more than `mergedFrom` entries is merged (`MergedScores`); `sample` is then the merged
/// one, and what is compared with draws must be computed on it.
///
/// Source: Bröcker & Smith 2007, doi:10.1175/WAF993.1.
public struct CalibratedLabels: Sendable {
  /// Samples with more entries than this are merged.
  public static let mergedFrom = 4096

  /// What the draws are labels of.
  public let sample: CalibrationSample
  public let isMerged: Bool
  private let seed: UInt64
  private let family: UInt32
  private var rows = LabelDraw()

  /// - Parameters:
  ///   - sample: of probabilities.
  ///   - seed, family: the address of the random numbers.
  ///   - cells: into how many cells a sample of too many entries is merged.
  ///   - limits: scores that no cell lies on both sides of, such as the edges of bins: then errors over
  ///     these bins are those of the whole sample.
  public init(
    _ sample: CalibrationSample, seed: UInt64, family: UInt32, cells: Int = 1024,
    limits: [Double] = []
  ) {
    precondition(
      (sample.scores.first ?? 0) >= 0 && (sample.scores.last ?? 0) <= 1,
      "scores must be probabilities")
    self.seed = seed
    self.family = family
    isMerged = sample.count > Self.mergedFrom
    if isMerged {
      let merged = MergedScores(sample, cells: cells, limits: limits)
      self.sample = merged.sample
      rows = merged.draw
    } else {
      self.sample = sample
      for entry in sample.scores.indices { rows.add(entry, of: sample, to: entry) }
    }
  }

  /// The weight of the positives of every entry of `sample` in a replicate.
  public func positives(replicate: Int) -> [Double] {
    let drawn = draw(replicate..<replicate + 1)
    var result = Array(repeating: 0.0, count: sample.count)
    for (entry, mass) in zip(drawn.entries, drawn.masses) { result[Int(entry)] += mass }
    return result
  }

  /// The label vectors of some replicates, in order: all that is compared with them can share them.
  public func draw(_ replicates: Range<Int>) -> LabelVectors {
    rows.draw(
      using: replicates.lazy.map {
        RandomStream(seed: seed, family: family, replicate: UInt32($0))
      })
  }
}

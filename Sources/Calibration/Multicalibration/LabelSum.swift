// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule

/// The weighted sum of the labels of some rows, drawn as if every score were right.
///
/// Few rows that weigh 1 are drawn from the distribution of their sum, others by score and weight. From a
/// variance of 36 largest squared weights on, the sum is drawn as a whole: a normal number bent to the
/// sum's own skewness and kurtosis, rounded to a whole number where all rows weigh 1.
///
/// Source: Cornish & Fisher 1938, doi:10.2307/1400905.
struct LabelSum: Sendable {
  private static let wholeFrom = 36.0

  /// The distribution of a sum of few rows that weigh 1: what is drawn from is its table, not `draw`.
  let count: PositiveCount?
  /// Rows of one score and weight, ascending; empty where the sum is drawn otherwise.
  private let entries: [BinTally.Entry]
  private let mean: Double
  private let deviation: Double
  /// Skewness and excess kurtosis.
  private let skewness: Double
  private let kurtosis: Double
  /// The sum is a whole number up to this.
  private let most: Double?

  init(_ tally: BinTally) {
    let heaviest = tally.entries.reduce(0) { max($0, $1.weight) }
    let isWhole = tally.entries.allSatisfy { $0.weight == 1 }
    most = isWhole ? tally.rows : nil
    mean = tally.expected
    guard tally.variance >= Self.wholeFrom * heaviest * heaviest, heaviest > 0 else {
      let merged = Self.merged(tally.entries)
      count = isWhole ? Self.count(merged) : nil
      entries = count == nil ? merged : []
      (deviation, skewness, kurtosis) = (0, 0, 0)
      return
    }
    (count, entries) = (nil, [])
    var (third, fourth) = (0.0, 0.0)
    for entry in tally.entries {
      let spread = entry.score * (1 - entry.score)
      let square = entry.weight * entry.weight
      third += entry.rows * square * entry.weight * spread * (1 - 2 * entry.score)
      fourth += entry.rows * square * square * spread * (1 - 6 * spread)
    }
    // Rounding to whole numbers adds a variance of 1/12.
    let variance = tally.variance - (isWhole ? 1 / 12.0 : 0)
    deviation = variance.squareRoot()
    skewness = third / (variance * deviation)
    kurtosis = fourth / (variance * variance)
  }

  func draw(_ stream: inout RandomStream) -> Double {
    deviation > 0 ? drawWhole(&stream) : drawEntries(&stream)
  }

  private func drawWhole(_ stream: inout RandomStream) -> Double {
    let z = stream.normal()
    let bent =
      z + skewness * (z * z - 1) / 6 + kurtosis * z * (z * z - 3) / 24
      - skewness * skewness * z * (2 * z * z - 5) / 36
    let sum = mean + deviation * bent
    return most.map { min(max(sum.rounded(), 0), $0) } ?? sum
  }

  private func drawEntries(_ stream: inout RandomStream) -> Double {
    var sum = 0.0
    for entry in entries {
      if entry.rows == 1 {
        if stream.uniform() < entry.score { sum += entry.weight }
      } else {
        let positives = Binomial.sample(
          trials: Int(entry.rows), probability: entry.score, using: &stream)
        sum += entry.weight * Double(positives)
      }
    }
    return sum
  }

  private static func count(_ entries: [BinTally.Entry]) -> PositiveCount? {
    var result = PositiveCount()
    for entry in entries { result.add(rows: Int(entry.rows), score: entry.score) }
    return result.masses.count <= CountTables.most ? result : nil
  }

  /// Entries in an order of their own, equal ones made one: neither the table's order nor counting
  /// changes the draws.
  private static func merged(_ entries: [BinTally.Entry]) -> [BinTally.Entry] {
    var result: [BinTally.Entry] = []
    for entry in entries.sorted(by: { ($0.score, $0.weight) < ($1.score, $1.weight) }) {
      if let last = result.last, last.score == entry.score, last.weight == entry.weight {
        result[result.count - 1].rows += entry.rows
      } else {
        result.append(entry)
      }
    }
    return result
  }
}

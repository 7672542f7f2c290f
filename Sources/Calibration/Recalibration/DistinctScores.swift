// SPDX-License-Identifier: Apache-2.0

/// A sample's entries with equal scores taken together, so that rows of one score get one fitted
/// rate whatever they weigh.
struct DistinctScores: Sendable {
  /// Strictly ascending.
  let scores: [Double]
  let masses: [Double]
  let rows: [Double]
  /// The first entry of every score, and the number of entries; `nil` where every entry has its
  /// own.
  private let starts: [Int]?

  init(_ sample: CalibrationSample) {
    let all = sample.scores
    var starts = all.indices.filter { $0 == 0 || all[$0] != all[$0 - 1] }
    scores = starts.map { all[$0] }
    starts.append(all.count)
    self.starts = scores.count == all.count ? nil : starts
    masses = Self.sums(sample.masses, self.starts)
    rows = Self.sums(sample.rows, self.starts)
  }

  /// Sums over the entries of every score.
  func sums(_ values: [Double]) -> [Double] { Self.sums(values, starts) }

  private static func sums(_ values: [Double], _ starts: [Int]?) -> [Double] {
    guard let starts else { return values }
    return zip(starts, starts.dropFirst()).map { values[$0..<$1].reduce(0, +) }
  }
}

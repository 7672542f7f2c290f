// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// A sample's entries in bins of neighbouring scores, none of them empty.
///
/// Everything that depends on scores alone is summed once; label sums of a bin cost a pass.
public struct ScoreBins: Sendable, Equatable {
  /// The entries of every bin, in ascending order of scores.
  public private(set) var entries: [Range<Int>]
  /// Σ w and Σ w s over the rows of a bin.
  public private(set) var masses: [Double] = []
  public private(set) var scoreSums: [Double] = []
  /// Weight of all rows.
  public private(set) var total = 0.0

  public var count: Int { entries.count }
  public func meanScore(_ bin: Int) -> Double { scoreSums[bin] / masses[bin] }

  /// Cuts a sample.
  ///
  /// - Throws: `Undefined` without labelled rows.
  public init(_ sample: CalibrationSample, _ binning: ScoreBinning) throws(Undefined) {
    let masses = sample.masses
    guard masses.contains(where: { $0 > 0 }) else { throw Undefined.noLabelledRows }
    entries = Self.ranges(
      cuts: Self.cuts(sample.scores, masses, binning), count: sample.count)
    sumScores(sample, masses)
  }

  /// Sums of `values`, one an entry, over every bin.
  public func sums(_ values: [Double]) -> [Double] {
    entries.map { Self.sum(values, $0) }
  }

  /// Weight of a vector's positives in every bin.
  func sums(_ labels: LabelVectors, _ vector: Int) -> [Double] {
    var places = labels.places(vector)
    return entries.map { bin in
      let start = labels.place(of: bin.lowerBound, in: places)
      let end = labels.place(of: bin.upperBound, in: start..<places.upperBound)
      places = end..<places.upperBound
      return Self.sum(labels.masses, start..<end)
    }
  }

  /// Four running sums, so that additions need not wait for each other.
  private static func sum(_ values: [Double], _ range: Range<Int>) -> Double {
    let span = values.span
    var lanes = SIMD4<Double>()
    var index = range.lowerBound
    while index + 4 <= range.upperBound {
      lanes += SIMD4(span[index], span[index + 1], span[index + 2], span[index + 3])
      index += 4
    }
    var sum = lanes.sum()
    while index < range.upperBound {
      sum += span[index]
      index += 1
    }
    return sum
  }

  private mutating func sumScores(_ sample: CalibrationSample, _ all: [Double]) {
    for range in entries {
      masses.append(Self.sum(all, range))
      scoreSums.append(range.reduce(0) { $0 + all[$1] * sample.scores[$1] })
    }
    for bin in masses.indices.reversed() where masses[bin] <= 0 {
      masses.remove(at: bin)
      scoreSums.remove(at: bin)
      entries.remove(at: bin)
    }
    total = masses.reduce(0, +)
  }

  private static func ranges(cuts: [Int], count: Int) -> [Range<Int>] {
    zip([0] + cuts, cuts + [count]).compactMap { $0 < $1 ? $0..<$1 : nil }
  }

  /// The entries at which a new bin begins.
  private static func cuts(
    _ scores: [Double], _ masses: [Double], _ binning: ScoreBinning
  ) -> [Int] {
    switch binning {
    case .equalMass(let bins):
      return equalMass(scores, masses, bins)
    case .equalWidth(let bins):
      precondition(bins > 0, "at least one bin is needed")
      return cuts(scores, at: (1..<bins).map { Double($0) / Double(bins) })
    case .edges(let edges):
      return cuts(scores, at: edges.edges)
    }
  }

  private static func cuts(_ scores: [Double], at edges: [Double]) -> [Int] {
    var entry = 0
    return edges.map { edge in
      while entry < scores.count && scores[entry] <= edge { entry += 1 }
      return entry
    }
  }

  private static func equalMass(_ scores: [Double], _ masses: [Double], _ bins: Int) -> [Int] {
    precondition(bins > 0, "at least one bin is needed")
    let firsts = scores.indices.dropFirst().filter { scores[$0] != scores[$0 - 1] }
    guard firsts.count + 1 >= bins else { return firsts }
    let total = masses.reduce(0, +)
    var (cuts, cumulated, next) = ([Int](), 0.0, 1)
    for (first, last) in zip([0] + firsts, firsts + [scores.count]) {
      cumulated += masses[first..<last].reduce(0, +)
      // A rank ⌈j·n/bins⌉ is reached when cumulated ≥ j·n/bins; compared as products to stay exact.
      while next < bins && cumulated * Double(bins) >= Double(next) * total {
        if cuts.last != last { cuts.append(last) }
        next += 1
      }
    }
    return cuts
  }
}

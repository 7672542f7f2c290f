// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// `SweptCalibrationError` of a sample's scores.
///
/// Scores below the first positive have rate 0 and scores above the last negative rate 1, whatever
/// the bins: only bins that reach into the range between are looked at. A value costs a pass over
/// the positives and, for every number of bins tried, a bisection for each of these bins.
public struct PreparedSweep: PreparedCalibrationStatistic {
  private let distinct: DistinctScores
  /// Σ w s of all scores before each, and of all.
  private let scoreSums: [Double]
  /// Where bins begin, for 1 … `mostTabled` bins: those of b bins from b(b − 1)/2 on.
  private var table: [Int] = []
  private static let mostTabled = 64

  init(_ sample: CalibrationSample) throws(Undefined) {
    distinct = DistinctScores(sample)
    guard distinct.masses.contains(where: { $0 > 0 }) else { throw Undefined.noLabelledRows }
    scoreSums = DistinctScores.cumulated(zip(distinct.scores, distinct.masses).map { $0 * $1 })
    table = (1...Self.mostTabled).flatMap { bins in
      (0..<bins).map { $0 == 0 ? 0 : bisectedCut($0, of: bins) }
    }
  }

  public func values(_ labels: LabelVectors) -> [Double] {
    (0..<labels.count).map { vector in
      let sums = Sums(distinct, labels, vector)
      return error(bins: binCount(sums), sums)
    }
  }

  /// The number of bins at which the sweep of these labels stops.
  public func binCount(positives: [Double]) -> Int {
    binCount(Sums(distinct, LabelVectors(positives: positives), 0))
  }

  private var count: Int { distinct.scores.count }
  private var masses: [Double] { distinct.cumulated }

  /// Weight of the positives before any score.
  private struct Sums {
    private let distinct: DistinctScores
    private let labels: LabelVectors
    private let places: Range<Int>
    /// Weight of the positives listed before each, and of all; before each score, and of all, where
    /// positives are not few: then no bisection is needed.
    private let cumulated: [Double]
    private let isByScore: Bool

    init(_ distinct: DistinctScores, _ labels: LabelVectors, _ vector: Int) {
      (self.distinct, self.labels) = (distinct, labels)
      places = labels.places(vector)
      isByScore = places.count * 2 > distinct.scores.count
      if isByScore {
        var masses = Array(repeating: 0.0, count: distinct.scores.count)
        for place in places {
          masses[distinct.place(ofEntry: labels.entries[place])] += labels.masses[place]
        }
        cumulated = DistinctScores.cumulated(masses)
      } else {
        cumulated = DistinctScores.cumulated(labels.masses[places])
      }
    }

    subscript(score: Int) -> Double {
      if isByScore { return cumulated[score] }
      let place = labels.place(of: distinct.firstEntry(score), in: places)
      return cumulated[place - places.lowerBound]
    }

    /// The lowest score with a positive and the highest with a negative; the latter below the former
    /// where there is none.
    func mixed() -> (first: Int, last: Int)? {
      guard !places.isEmpty else { return nil }
      let first = distinct.place(ofEntry: labels.entries[places.lowerBound])
      var (last, place) = (distinct.scores.count - 1, places.upperBound)
      while last >= 0 {
        var mass = 0.0
        while place > places.lowerBound,
          distinct.place(ofEntry: labels.entries[place - 1]) == last
        {
          place -= 1
          mass += labels.masses[place]
        }
        if mass < distinct.masses[last] { break }
        last -= 1
      }
      return (first, last)
    }
  }

  private func binCount(_ sums: Sums) -> Int {
    guard let (first, last) = sums.mixed(), first < last else { return count }
    var bins = 1
    while bins < count, ascends(bins: bins + 1, from: first, to: last, sums) { bins += 1 }
    return bins
  }

  /// Whether rates never fall among the bins that reach from score `first` to score `last`.
  private func ascends(bins: Int, from first: Int, to last: Int, _ sums: Sums) -> Bool {
    let share = Double(bins) / masses[count]
    // One bin early, for rounding: bins further down have no positives.
    var next = bins >= count ? first : max(0, Int(masses[first] * share) - 1)
    var start = next == 0 ? 0 : cut(next, of: bins)
    var sumBefore = sums[start]
    var (lowerSum, lowerMass) = (0.0, 0.0)
    while start <= last {
      next += 1
      let end = cut(next, of: bins)
      let sumAfter = sums[end]
      let (sum, mass) = (sumAfter - sumBefore, masses[end] - masses[start])
      (start, sumBefore) = (end, sumAfter)
      if mass == 0 { continue }
      // Rates compared as products, so that counts are compared exactly.
      if sum * lowerMass < lowerSum * mass { return false }
      (lowerSum, lowerMass) = (sum, mass)
    }
    return true
  }

  /// Where bin `index` begins: behind the score at which the weight reaches index·n/bins.
  private func cut(_ index: Int, of bins: Int) -> Int {
    if bins >= count { return min(index, count) }
    if index >= bins { return count }
    return bins <= Self.mostTabled
      ? table[bins * (bins - 1) / 2 + index] : bisectedCut(index, of: bins)
  }

  private func bisectedCut(_ index: Int, of bins: Int) -> Int {
    let (wanted, scale) = (Double(index) * masses[count], Double(bins))
    var (low, high) = (1, count)
    while low < high {
      let middle = (low + high) / 2
      if masses[middle] * scale >= wanted { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func error(bins: Int, _ sums: Sums) -> Double {
    var (sum, start, sumBefore) = (0.0, 0, 0.0)
    for next in 1...max(1, bins) where start < count {
      let end = cut(next, of: bins)
      if end == start { continue }
      let sumAfter = sums[end]
      sum += abs(scoreSums[end] - scoreSums[start] - (sumAfter - sumBefore))
      (start, sumBefore) = (end, sumAfter)
    }
    return sum / masses[count]
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// `SweptCalibrationError` of a sample's scores.
///
/// Scores below the first positive have rate 0 and scores above the last negative rate 1, whatever
/// the bins: only bins that reach into the range between are looked at. A value costs a pass over
/// the entries and, for every number of bins tried, a bisection for each of these bins.
public struct PreparedSweep: PreparedCalibrationStatistic {
  private let distinct: DistinctScores
  /// Weight, and Σ w s, of all scores before each, and of all.
  private let masses: [Double]
  private let scoreSums: [Double]

  init(_ sample: CalibrationSample) throws(Undefined) {
    distinct = DistinctScores(sample)
    guard distinct.masses.contains(where: { $0 > 0 }) else { throw Undefined.noLabelledRows }
    masses = Self.cumulated(distinct.masses)
    scoreSums = Self.cumulated(zip(distinct.scores, distinct.masses).map { $0 * $1 })
  }

  public func value(positives: [Double]) -> Double {
    let labels = distinct.sums(positives)
    let sums = Self.cumulated(labels)
    return error(bins: binCount(labels, sums), sums)
  }

  /// The number of bins at which the sweep of these labels stops.
  public func binCount(positives: [Double]) -> Int {
    let labels = distinct.sums(positives)
    return binCount(labels, Self.cumulated(labels))
  }

  private var count: Int { distinct.scores.count }

  private static func cumulated(_ values: [Double]) -> [Double] {
    var result = [0.0]
    result.reserveCapacity(values.count + 1)
    var sum = 0.0
    for value in values {
      sum += value
      result.append(sum)
    }
    return result
  }

  private func binCount(_ labels: [Double], _ sums: [Double]) -> Int {
    guard let first = labels.firstIndex(where: { $0 > 0 }),
      let last = labels.indices.last(where: { labels[$0] < distinct.masses[$0] }), first < last
    else { return count }
    var bins = 1
    while bins < count, ascends(bins: bins + 1, from: first, to: last, sums) { bins += 1 }
    return bins
  }

  /// Whether rates never fall among the bins that reach from score `first` to score `last`.
  private func ascends(bins: Int, from first: Int, to last: Int, _ sums: [Double]) -> Bool {
    let share = Double(bins) / masses[count]
    // One bin early, for rounding: bins further down have no positives.
    var next = bins >= count ? first : max(0, Int(masses[first] * share) - 1)
    var start = next == 0 ? 0 : cut(next, of: bins)
    var (lowerSum, lowerMass) = (0.0, 0.0)
    while start <= last {
      next += 1
      let end = cut(next, of: bins)
      let (sum, mass) = (sums[end] - sums[start], masses[end] - masses[start])
      start = end
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
    let (wanted, scale) = (Double(index) * masses[count], Double(bins))
    var (low, high) = (1, count)
    while low < high {
      let middle = (low + high) / 2
      if masses[middle] * scale >= wanted { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private func error(bins: Int, _ sums: [Double]) -> Double {
    var (sum, start) = (0.0, 0)
    for next in 1...max(1, bins) where start < count {
      let end = cut(next, of: bins)
      if end == start { continue }
      sum += abs(scoreSums[end] - scoreSums[start] - (sums[end] - sums[start]))
      start = end
    }
    return sum / masses[count]
  }
}

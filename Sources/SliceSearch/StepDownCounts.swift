// SPDX-License-Identifier: Apache-2.0

/// Counts, replicate by replicate, what adjusted p-values are made of; keeps no replicates.
///
/// With t(1) ≥ t(2) ≥ … and replicates t* ordered alike: how often t*(j) ≥ t(j), how often the
/// maximum over l ≥ j of t*(l) ≥ t(j), and the maximum over all.
///
/// Source: Westfall & Young 1993, "Resampling-Based Multiple Testing", algorithm 2.8.
package struct StepDownCounts: Sendable {
  /// Places of the hypotheses, from the largest statistic on.
  package let order: [Int]
  /// By hypothesis, in that order: what a replicate must reach. Equal numbers that were rounded
  /// differently count as equal.
  private let thresholds: [Double]
  private var single: [Int]
  private var later: [Int]
  package private(set) var maxima: [Double] = []

  package init(_ statistics: [Double]) {
    order = statistics.indices.sorted { (statistics[$1], $0) < (statistics[$0], $1) }
    thresholds = order.map { statistics[$0] - 1e-10 * (1 + statistics[$0].magnitude) }
    single = [Int](repeating: 0, count: order.count)
    later = single
  }

  /// - Parameter statistic: of a hypothesis, in this replicate.
  package mutating func add(_ statistic: (_ place: Int) -> Double) {
    var greatest = -Double.infinity
    for rank in order.indices.reversed() {
      let value = statistic(order[rank])
      greatest = max(greatest, value)
      if value >= thresholds[rank] { single[rank] += 1 }
      if greatest >= thresholds[rank] { later[rank] += 1 }
    }
    maxima.append(greatest)
  }

  /// Adds the counts of other replicates of the same family.
  package mutating func merge(_ other: Self) {
    for rank in order.indices {
      single[rank] += other.single[rank]
      later[rank] += other.later[rank]
    }
    maxima += other.maxima
  }

  /// By hypothesis: (1 + #{t* ≥ t}) / (B + 1).
  package var pValues: [Double] {
    var result = [Double](repeating: 1, count: order.count)
    for (rank, place) in order.enumerated() { result[place] = share(single[rank]) }
    return result
  }

  /// By hypothesis: the step-down p-values, (1 + #{max over l ≥ j of t*(l) ≥ t(j)}) / (B + 1), none below
  /// one of a larger statistic.
  package var adjustedPValues: [Double] {
    var result = [Double](repeating: 1, count: order.count)
    var greatest = 0.0
    for (rank, place) in order.enumerated() {
      greatest = max(greatest, share(later[rank]))
      result[place] = greatest
    }
    return result
  }

  private func share(_ count: Int) -> Double {
    Double(1 + count) / Double(maxima.count + 1)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics

/// Permutation tests of clustered rows, with the covariance between clusters (CR1) of every
/// permutation.
struct ClusterPermutations: PermutationJob {
  let tests: [[Int]]
  let unit: String
  private let deck: ClusterDeck
  private let kernels: [Kernel]

  /// A metric as a function of eight sums.
  enum Kernel: Sendable {
    case counts(DecisionKernel, isRate: Bool)
    /// One of the moments over another.
    case moments(Int, Int)

    func value(_ sums: SIMD8<Double>) -> Double {
      switch self {
      case .counts(let kernel, _): kernel.value(sums)
      case .moments(let above, let below): sums[above] / sums[below]
      }
    }

    func gradient(_ sums: SIMD8<Double>) -> SIMD8<Double> {
      switch self {
      case .counts(let kernel, _): return kernel.gradient(sums)
      case .moments(let above, let below):
        var result = SIMD8<Double>()
        result[above] = 1 / sums[below]
        result[below] = -sums[above] / (sums[below] * sums[below])
        return result
      }
    }

    var isRate: Bool {
      if case .counts(_, isRate: true) = self { true } else { false }
    }
  }

  /// - Parameter kernels: of the entries' metrics, which have the deck's rows in common.
  init(_ deck: ClusterDeck, _ kernels: [(entry: TestEntry, kernel: Kernel)]) {
    self.deck = deck
    tests = kernels.map { [$0.entry.test] }
    self.kernels = kernels.map(\.kernel)
    unit = deck.isNested ? "clusters" : "rows within clusters"
  }

  func reached(_ permutations: Range<Int>) -> [Reached] {
    let observed = kernels.map { statistics($0, deck.observed) }
    var result = kernels.map { _ in Reached() }
    var (parts, slots) = (deck.observed, [] as [Int32])
    for permutation in permutations {
      deck.deal(permutation, into: &parts, &slots)
      for index in kernels.indices {
        let own = statistics(kernels[index], parts)
        // One that is undefined counts as reaching.
        if !(own.omnibus < observed[index].omnibus * EqualityTally.slack) {
          result[index].omnibus += 1
        }
        if !(own.range < observed[index].range * EqualityTally.slack) { result[index].range += 1 }
      }
    }
    return result
  }

  /// W and the largest t² of one deal; NaN where undefined.
  private func statistics(_ kernel: Kernel, _ parts: [ClusterDeck.Part])
    -> (omnibus: Double, range: Double)
  {
    let groups = 0..<deck.groupCount
    var totals = groups.map { _ in SIMD8<Double>() }
    var clusters = groups.map { _ in 0.0 }
    for part in parts {
      totals[part.group] += part.sums
      clusters[part.group] += 1
    }
    let values = totals.map(kernel.value)
    let covariance = covariance(kernel, parts, totals, clusters)
    guard values.allSatisfy(\.isFinite),
      let omnibus = EqualityStatistic.wald(values, covariance)
    else { return (.nan, .nan) }
    var largest = 0.0
    for first in groups {
      for second in 0..<first {
        let distance = values[first] - values[second]
        let variance =
          covariance[first, first] + covariance[second, second] - 2 * covariance[first, second]
        let square = distance * distance / variance
        guard square.isFinite else { return (omnibus, .nan) }
        largest = max(largest, square)
      }
    }
    return (omnibus, largest)
  }

  private func covariance(
    _ kernel: Kernel, _ parts: [ClusterDeck.Part], _ totals: [SIMD8<Double>], _ clusters: [Double]
  ) -> Matrix {
    var result = Matrix(rows: totals.count, columns: totals.count)
    let factors = clusters.map { $0 > 1 ? ($0 / ($0 - 1)).squareRoot() : 1 }
    let slopes = zip(totals, factors).map { kernel.gradient($0) * $1 }
    let influences = parts.map { (slopes[$0.group] * $0.sums).sum() }
    var first = 0
    for place in parts.indices {
      if parts[place].cluster != parts[first].cluster { first = place }
      for other in first...place {
        let (row, column) = (parts[place].group, parts[other].group)
        let product = influences[place] * influences[other]
        result[row, column] += product
        if place != other { result[column, row] += product }
      }
    }
    for group in totals.indices where kernel.isRate && result[group, group] <= 1e-30 {
      // As estimates have it: a rate of 0 or 1 counts each cluster as one row.
      let n = clusters[group] + 2
      let smoothed = (kernel.value(totals[group]) * (n - 2) + 1) / n
      result[group, group] = smoothed * (1 - smoothed) / n
    }
    return result
  }
}

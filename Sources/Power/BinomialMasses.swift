// SPDX-License-Identifier: Apache-2.0

/// The probabilities of all counts of a binomial distribution, and their sums.
struct BinomialMasses {
  /// P(X = x) at x.
  let masses: [Double]
  /// P(X < x) at x, from 0 to n + 1.
  private let below: [Double]

  init(trials: Int, rate: Double) {
    precondition(trials > 0 && rate >= 0 && rate <= 1)
    var masses = [Double](repeating: 0, count: trials + 1)
    // Ratios of neighbours from the mode on, normalised at the end: nothing underflows early.
    let mode = min(trials, Int(Double(trials + 1) * rate))
    let odds = rate / (1 - rate)
    masses[mode] = 1
    for x in stride(from: mode, to: trials, by: 1) where rate < 1 {
      masses[x + 1] = masses[x] * odds * Double(trials - x) / Double(x + 1)
      if masses[x + 1] < Self.negligible { break }
    }
    for x in stride(from: mode, to: 0, by: -1) where rate > 0 {
      masses[x - 1] = masses[x] / odds * Double(x) / Double(trials - x + 1)
      if masses[x - 1] < Self.negligible { break }
    }
    let total = masses.reduce(0, +)
    var sum = 0.0
    self.masses = masses.map { $0 / total }
    below =
      [0]
      + masses.map {
        sum += $0
        return min(1, sum / total)
      }
  }

  /// Beyond a count this much less probable than the mode, all others are.
  private static let negligible = 1e-40

  /// The counts but for those whose probability is below about 1e-18 in all.
  static func possible(trials: Int, rate: Double) -> ClosedRange<Int> {
    let mean = Double(trials) * rate
    let reach = 9 * (mean * (1 - rate)).squareRoot() + 10
    return max(0, Int(mean - reach))...min(trials, Int(mean + reach) + 1)
  }

  /// The probability of a range of counts.
  func probability(of range: Range<Int>) -> Double {
    max(0, below[range.upperBound] - below[range.lowerBound])
  }
}

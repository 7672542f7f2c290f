// SPDX-License-Identifier: Apache-2.0

/// The distribution function of one binomial proportion as a table.
struct BinomialTable {
  /// Proportions nearer than this are one value: x/n differ by more for any tabulated n.
  static let tolerance = 1e-12

  private let trials: Double
  /// P(X < x) at index x, from 0 to n + 1.
  private let below: [Double]

  /// The table of X / n for X ~ Binomial(n, rate), 0 < rate < 1.
  init(trials: Int, rate: Double) {
    self.trials = Double(trials)
    // Ratios of neighbours from the mode on, normalised at the end: nothing underflows early.
    let mode = min(trials, Int((Double(trials) + 1) * rate))
    let odds = rate / (1 - rate)
    var mass = [Double](repeating: 0, count: trials + 1)
    mass[mode] = 1
    for x in stride(from: mode, to: trials, by: 1) {
      mass[x + 1] = mass[x] * odds * Double(trials - x) / Double(x + 1)
    }
    for x in stride(from: mode, to: 0, by: -1) {
      mass[x - 1] = mass[x] / odds * Double(x) / Double(trials - x + 1)
    }
    let total = mass.reduce(0, +)
    var sum = 0.0
    below =
      [0]
      + mass.map {
        sum += $0
        return min(1, sum / total)
      }
  }

  /// P(X / n ≤ value), value ≥ 0.
  func cumulative(_ value: Double) -> Double {
    let position = (value + Self.tolerance) * trials
    return below[min(Int(position) + 1, below.count - 1)]
  }

  /// P(X / n < value), value ≥ 0.
  func cumulativeBelow(_ value: Double) -> Double {
    let position = (value - Self.tolerance) * trials
    return position < 0 ? 0 : below[min(Int(position) + 1, below.count - 1)]
  }
}

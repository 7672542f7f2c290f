// SPDX-License-Identifier: Apache-2.0

/// How many permutations reach an observed statistic.
struct Reached: Sendable {
  var omnibus = 0
  var range = 0

  static func += (left: inout Self, right: Self) {
    left.omnibus += right.omnibus
    left.range += right.range
  }
}

/// Counts the permutations whose statistics of equality reach the observed ones: W over all groups, and
/// the largest |t| among all pairs. Groups are independent; variances belong to each permutation.
struct EqualityTally: Sendable {
  /// By group: the observed ones, then those of the permutation to be recorded.
  var values: [Double]
  var variances: [Double]
  private(set) var reached = Reached()
  /// Observed: W, and the largest t².
  private var omnibus = 0.0
  private var range = 0.0
  /// Permutations of few rows often give the observed table again; sums in another order must not
  /// make it a smaller one.
  static let slack = 1 - 1e-9

  init(groups: Int) {
    values = Array(repeating: 0, count: groups)
    variances = values
  }

  /// Takes `values` and `variances` for the observed ones.
  mutating func observe() {
    omnibus = EqualityStatistic.wald(values, variances) * Self.slack
    var largest = 0.0
    for first in values.indices {
      for second in 0..<first {
        let distance = values[first] - values[second]
        largest = max(largest, distance * distance / (variances[first] + variances[second]))
      }
    }
    range = largest * Self.slack
  }

  /// Takes in the permutation that `values` and `variances` describe.
  ///
  /// One in which a group has no value or no variance counts as reaching, so that p can only be too
  /// large.
  @inline(__always)
  mutating func record() {
    var (sum, weighted) = (0.0, 0.0)
    for group in values.indices {
      let weight = 1 / variances[group]
      sum += weight
      weighted += weight * values[group]
    }
    let centre = weighted / sum
    var (total, first, second) = (0.0, 0.0, 0.0)
    for group in values.indices {
      let distance = values[group] - centre
      let square = distance * distance / variances[group]
      total += square
      second = max(second, min(first, square))
      first = max(first, square)
    }
    guard total.isFinite else {
      reached.omnibus += 1
      reached.range += 1
      return
    }
    if total >= omnibus { reached.omnibus += 1 }
    // (a − b)²/(v + w) ≤ a²/v + b²/w: no pair can exceed the two largest squares together.
    if first + second >= range, hasPair() { reached.range += 1 }
  }

  private func hasPair() -> Bool {
    for first in values.indices {
      for second in 0..<first {
        let distance = values[first] - values[second]
        if distance * distance >= range * (variances[first] + variances[second]) { return true }
      }
    }
    return false
  }
}

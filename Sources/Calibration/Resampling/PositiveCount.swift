// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The probabilities of each number of positives among independent rows that weigh the same.
///
/// Numbers whose probability is below 10⁻¹² of the likeliest one's are left out.
package struct PositiveCount {
  /// The first number that has a probability worth keeping, and the probabilities from it on.
  package private(set) var first = 0
  package private(set) var masses = [1.0]

  private static let negligible = 1e-12

  /// No rows.
  package init() {}

  /// Rows with one score: the binomial distribution, out from its mode.
  package init(rows: Int, score: Double) {
    guard rows > 0, score > 0, score < 1 else {
      first = score < 1 ? 0 : rows
      return
    }
    let odds = score / (1 - score)
    let mode = min(rows, Int(Double(rows + 1) * score))
    var (below, above) = ([Double](), [Double]())
    var (mass, count) = (1.0, mode)
    while count > 0, mass > Self.negligible {
      mass *= Double(count) / (Double(rows - count + 1) * odds)
      count -= 1
      below.append(mass)
    }
    first = count
    (mass, count) = (1, mode)
    while count < rows, mass > Self.negligible {
      mass *= Double(rows - count) * odds / Double(count + 1)
      count += 1
      above.append(mass)
    }
    masses = below.reversed() + [1] + above
  }

  /// Adds rows with a score: the Poisson binomial distribution, row by row.
  ///
  /// - Complexity: as many multiplications a row as there are numbers worth keeping.
  package mutating func add(rows: Int, score: Double) {
    for _ in 0..<rows {
      masses.append(0)
      for place in masses.indices.reversed() {
        let below = place > 0 ? masses[place - 1] : 0
        masses[place] = masses[place] * (1 - score) + below * score
      }
      trim()
    }
  }

  private mutating func trim() {
    // The likeliest number has no less than the average.
    let least = Self.negligible / Double(masses.count)
    while let last = masses.last, last < least, masses.count > 1 { masses.removeLast() }
    var small = 0
    while small + 1 < masses.count, masses[small] < least { small += 1 }
    if small > 0 {
      masses.removeFirst(small)
      first += small
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Outcomes of one claim, counted.
struct OutcomeCount: Sendable {
  /// Data sets in which no interval was given.
  var absent = 0
  var covered = 0
  var apart = 0
  var widths: [Double] = []

  mutating func add(_ outcome: Outcome?) {
    guard let outcome else {
      absent += 1
      return
    }
    if outcome.isCovered { covered += 1 }
    if outcome.isApart { apart += 1 }
    widths.append(outcome.width)
  }

  mutating func add(_ other: OutcomeCount) {
    absent += other.absent
    covered += other.covered
    apart += other.apart
    widths += other.widths
  }

  var meanWidth: Double { widths.reduce(0, +) / Double(widths.count) }

  var medianWidth: Double {
    let ordered = widths.sorted()
    guard !ordered.isEmpty else { return .nan }
    let middle = ordered.count / 2
    return ordered.count % 2 == 1
      ? ordered[middle] : ordered[middle - 1] / 2 + ordered[middle] / 2
  }
}

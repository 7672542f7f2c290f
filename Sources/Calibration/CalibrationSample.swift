// SPDX-License-Identifier: Apache-2.0

/// The labelled rows of one slice in the order of their scores: what every calibration statistic is
/// computed from.
///
/// Rows with the same score and weight are one entry, so a counted table and its expansion give the
/// same sample.
public struct CalibrationSample: Sendable, Equatable {
  /// Probabilities, ascending; equal scores with different weights are neighbours.
  public private(set) var scores: [Double] = []
  /// What one row of an entry weighs.
  public private(set) var weights: [Double] = []
  /// How many rows an entry has, and how many of them are positive.
  public private(set) var rows: [Double] = []
  public private(set) var positives: [Double] = []

  public init() {}

  /// Room for so many entries.
  package init(capacity: Int) {
    scores.reserveCapacity(capacity)
    weights.reserveCapacity(capacity)
    rows.reserveCapacity(capacity)
    positives.reserveCapacity(capacity)
  }

  /// Adds rows; entries must come in ascending order of score, then of weight.
  public mutating func append(
    score: Double, label: Bool, weight: Double = 1, rows count: Double = 1
  ) {
    let last = scores.count - 1
    if last >= 0, scores[last] == score, weights[last] == weight {
      rows[last] += count
      if label { positives[last] += count }
      return
    }
    precondition(
      last < 0 || (scores[last], weights[last]) < (score, weight), "entries must ascend")
    scores.append(score)
    weights.append(weight)
    rows.append(count)
    positives.append(label ? count : 0)
  }

  /// Rows of weight 1 in any order.
  public init(scores: [Double], labels: [Bool]) {
    precondition(scores.count == labels.count, "one label a score is needed")
    for index in scores.indices.sorted(by: { scores[$0] < scores[$1] }) {
      append(score: scores[index], label: labels[index])
    }
  }

  /// Entries.
  public var count: Int { scores.count }
  public var rowCount: Double { rows.reduce(0, +) }
  public var isWeighted: Bool { weights.contains { $0 != 1 } }
  /// Weight of an entry's rows.
  public var masses: [Double] { zip(weights, rows).map { $0 * $1 } }
  /// Weight of the positives among them: the labels as statistics take them.
  public var positiveMasses: [Double] { zip(weights, positives).map { $0 * $1 } }
}

// SPDX-License-Identifier: Apache-2.0

/// Sums over the labelled rows of one score bin: all that the debiased squared error needs of them, and they
/// add up over cells.
package struct BinSums: Sendable, Equatable {
  package var rows = 0.0
  /// Σ w, Σ w s, Σ w² and the weight of the positives.
  package var mass = 0.0
  package var scores = 0.0
  package var squares = 0.0
  package var positives = 0.0

  package init() {}

  /// The sums over some entries of a sample, none of them counted as a positive yet.
  init(_ sample: CalibrationSample, unlabelled entries: Range<Int>) {
    for entry in entries {
      add(
        score: sample.scores[entry], label: false, weight: sample.weights[entry],
        rows: sample.rows[entry])
    }
  }

  package mutating func add(score: Double, label: Bool, weight: Double, rows count: Double) {
    let own = count * weight
    rows += count
    mass += own
    scores += own * score
    squares += own * weight
    positives += label ? own : 0
  }

  package mutating func add(_ other: BinSums) {
    rows += other.rows
    mass += other.mass
    scores += other.scores
    squares += other.squares
    positives += other.positives
  }

  /// (Σw)² / Σw².
  var effectiveRows: Double { mass * mass / squares }
  var meanScore: Double { scores / mass }
  var rate: Double { positives / mass }

  /// Bins without rows left out, and those of fewer effective rows than `least` joined to the bin below (the
  /// lowest one to the bin above).
  static func joined(_ bins: [BinSums], least: Double) -> [BinSums] {
    var result = bins.filter { $0.mass > 0 }
    while result.count > 1, let small = result.firstIndex(where: { $0.effectiveRows < least }) {
      let lower = max(0, small - 1)
      result[lower].add(result[lower + 1])
      result.remove(at: lower + 1)
    }
    return result
  }
}

extension DebiasedCalibrationError {
  /// All that estimates need, from the sums of the bins; `nil` with fewer than 2 effective labelled rows.
  package static func calibration(_ bins: [BinSums]) -> DebiasedCalibration? {
    let bins = BinSums.joined(bins, least: 2)
    guard let first = bins.first, first.effectiveRows >= 2 else { return nil }
    let total = bins.reduce(0) { $0 + $1.mass }
    return DebiasedCalibration(
      rowCount: bins.reduce(0) { $0 + $1.rows }, weight: total, value: value(bins, total: total),
      inference: SquaredErrorInference(bins, total: total))
  }

  /// θ̂ of bins that have been joined.
  static func value(_ bins: [BinSums], total: Double) -> Double {
    let sum = bins.reduce(0) { sum, bin in
      let gap = bin.meanScore - bin.rate
      let noise = bin.rate * (1 - bin.rate) / (bin.effectiveRows - 1)
      return sum + bin.mass * (gap * gap - noise)
    }
    return sum / total
  }
}

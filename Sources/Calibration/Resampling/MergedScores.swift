// SPDX-License-Identifier: Apache-2.0

/// A large sample in cells of neighbouring scores, and how the labels of a cell are drawn.
///
/// Cells hold equal weight but for those that end at given limits; equal scores stay together. A cell
/// is one entry of the merged sample:
/// its score is the mean score, its rows and weight are such that Σw and Σw² are kept, which for
/// rows of weight 1 is their number. The weight of its positives has mean Σ w f and variance Σ w²
/// f(1 − f). If rows weigh 1 it is drawn from the binomial distribution with the mean score, where that one's
/// variance is within 1 % of the right one. Else it is drawn from the normal distribution where the
/// variance is at least 9 rows' worth; below, from the distribution of the rows' sum if they weigh 1, and
/// row by row if not.
struct MergedScores: Sendable {
  private(set) var sample = CalibrationSample()
  private(set) var draw = LabelDraw()
  private static let normalFrom = 9.0

  /// - Parameters:
  ///   - cells: as many, and one more for every limit at most.
  ///   - limits: no cell has scores on both sides of one; a score that equals a limit is below it.
  init(_ full: CalibrationSample, cells: Int, limits: [Double]) {
    precondition(cells > 0, "at least one cell is needed")
    let masses = full.masses
    let total = masses.reduce(0, +)
    var ahead = limits.sorted()[...]
    var (start, cumulated, next) = (0, 0.0, 1)
    for entry in full.scores.indices {
      cumulated += masses[entry]
      let isLast = entry + 1 == full.count
      if !isLast && full.scores[entry + 1] == full.scores[entry] { continue }
      while let limit = ahead.first, limit < full.scores[entry] { ahead.removeFirst() }
      let reachesLimit = !isLast && ahead.first.map { $0 < full.scores[entry + 1] } ?? false
      let isFull = cumulated * Double(cells) >= Double(next) * total
      guard isLast || isFull || reachesLimit else { continue }
      add(Cell(full, masses, start..<entry + 1), of: full)
      start = entry + 1
      next = Int(cumulated * Double(cells) / total) + 1
    }
  }

  /// Sums over the rows of a cell.
  private struct Cell {
    let entries: Range<Int>
    /// Σ w, Σ w², Σ w f, Σ w² f(1 − f), Σ w y.
    var mass = 0.0
    var squares = 0.0
    var mean = 0.0
    var variance = 0.0
    var positives = 0.0
    var isUnweighted = true

    init(_ full: CalibrationSample, _ masses: [Double], _ entries: Range<Int>) {
      self.entries = entries
      for entry in entries {
        let (score, weight) = (full.scores[entry], full.weights[entry])
        mass += masses[entry]
        squares += masses[entry] * weight
        mean += masses[entry] * score
        variance += masses[entry] * weight * score * (1 - score)
        positives += weight * full.positives[entry]
        if weight != 1 { isUnweighted = false }
      }
    }

    /// What a row of the cell weighs.
    var weight: Double { squares / mass }
    var rows: Double { mass / weight }
  }

  private mutating func add(_ cell: Cell, of full: CalibrationSample) {
    guard cell.mass > 0 else { return }
    // Rounding must not take a mean out of its cell: cells ascend.
    let (low, high) = (cell.entries.lowerBound, cell.entries.upperBound - 1)
    let score = min(full.scores[high], max(full.scores[low], cell.mean / cell.mass))
    let target = sample.count
    let positives = cell.positives / cell.weight
    sample.append(score: score, label: true, weight: cell.weight, rows: positives)
    sample.append(
      score: score, label: false, weight: cell.weight, rows: max(0, cell.rows - positives))
    addDraw(cell, of: full, score, to: target)
  }

  private mutating func addDraw(
    _ cell: Cell, of full: CalibrationSample, _ score: Double, to target: Int
  ) {
    let isNearNormal = cell.variance >= Self.normalFrom * cell.weight * cell.weight
    if cell.isUnweighted && cell.rows * score * (1 - score) <= 1.01 * cell.variance {
      draw.add(rows: cell.rows, score: score, weight: 1, to: target)
    } else if isNearNormal {
      draw.addSum(
        mean: cell.mean, variance: cell.variance, most: cell.mass,
        weight: cell.isUnweighted ? 1 : nil, to: target)
    } else if cell.isUnweighted {
      var count = PositiveCount()
      for entry in cell.entries {
        count.add(rows: Int(full.rows[entry]), score: full.scores[entry])
      }
      draw.add(count, weight: 1, to: target)
    } else {
      for entry in cell.entries { draw.add(entry, of: full, to: target) }
    }
  }
}

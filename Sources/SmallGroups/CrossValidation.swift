// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// The squared error of prediction of rows that were left out of the fit, by penalty.
///
/// Every cell's rows are dealt to F folds at random: their number in equal parts, the remainder to
/// folds in turn, and which of them are positive by hypergeometric draws. That is the distribution
/// of a random split of the rows themselves, from the counts alone. To deal the positives evenly
/// would make each fold the image of the others and hide every overfit.
struct CrossValidation {
  let folds: Int
  /// How many times the rows are dealt.
  let repetitions: Int
  let seed: UInt64
  let family: UInt32
  /// The violation at which fits stop, relative to the largest penalty: at most a hundredth of any penalty
  /// that is tried, while neighbours differ by a quarter.
  private static let tolerance = 1e-5

  /// The place of the penalty with the least Σ over deals, folds and cells of n_f (y_f − μ_{−f})²:
  /// the rows' squared error up to what no penalty changes.
  ///
  /// The search goes down until six penalties in a row have not improved on the best: small ones
  /// take the most sweeps.
  ///
  /// - Parameters:
  ///   - penalties: descending, for all rows; a fit to F − 1 parts has (F − 1)/F of the penalty.
  ///   - variance: of one row, the weights' denominator.
  func best(
    _ counts: CellCounts, columns: [[Int]], variance: Double, penalties: [Double]
  ) -> Int {
    let held = (0..<repetitions).flatMap { deal(counts, $0) }
    let fits = held.map { held in
      let rows = zip(counts.rows, held.rows).map { $0 - $1 }
      let means = rows.indices.map { cell in
        rows[cell] > 0
          ? Double(counts.positives[cell] - held.positives[cell]) / Double(rows[cell]) : 0
      }
      let lasso = WeightedLasso(
        values: means, weights: rows.map { Double($0) / variance }, columns: columns)
      return (means: means, lasso: lasso)
    }
    var solutions = fits.map(\.lasso.null)
    var best = (place: 0, error: Double.infinity)
    for (place, penalty) in penalties.enumerated() where place <= best.place + 6 {
      var sum = 0.0
      for (fold, fit) in fits.enumerated() {
        let part = Double(folds - 1) / Double(folds)
        solutions[fold] = fit.lasso.solution(
          penalty: part * penalty, from: solutions[fold], tolerance: Self.tolerance)
        let residuals = fit.lasso.residuals(solutions[fold])
        sum += error(held[fold], zip(fit.means, residuals).map { $0 - $1 })
      }
      if sum < best.error { best = (place, sum) }
    }
    return best.place
  }

  private func error(_ held: CellCounts, _ fit: [Double]) -> Double {
    var sum = 0.0
    for cell in fit.indices where held.rows[cell] > 0 {
      let rows = Double(held.rows[cell])
      let residual = Double(held.positives[cell]) / rows - fit[cell]
      sum += rows * residual * residual
    }
    return sum
  }

  /// One deal of all rows to the folds.
  private func deal(_ counts: CellCounts, _ repetition: Int) -> [CellCounts] {
    var stream = RandomStream(seed: seed, family: family, replicate: UInt32(repetition))
    var positives = Array(repeating: counts.rows.map { _ in 0 }, count: folds)
    var rows = positives
    var next = 0
    for cell in counts.rows.indices {
      var places = Array(repeating: counts.rows[cell] / folds, count: folds)
      for _ in 0..<counts.rows[cell] % folds {
        places[next % folds] += 1
        next += 1
      }
      for fold in 0..<folds { rows[fold][cell] = places[fold] }
      Hypergeometric.deal(counts.positives[cell], into: &places, using: &stream) { fold, count in
        positives[fold][cell] = count
      }
    }
    return zip(positives, rows).map { CellCounts(positives: $0, rows: $1) }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandParallel

/// Σ z·z′ᵀ over the rows of every slice, z and z′ being what a row adds to the sums of two models: the
/// covariances of everything that is a function of counts or of moments of scores, between models too.
///
/// - Complexity: rows × pairs of models; 1 KB a cell and pair.
struct PairedTally: Sendable {
  /// Counts of labels and decisions, and sums of scores and losses.
  enum Sums: Int, Sendable { case decisions, moments }

  private let models: Int
  /// By slice, pair of models (the first not after the second), kind of sums and element of z′: Σ z z′.
  private let products: [[SIMD8<Double>]]
  init(_ plan: Plan, _ parallel: Parallel) {
    let models = plan.models.count
    self.models = models
    let size = models * (models + 1) / 2 * 16
    let runs = plan.rows.cellRuns
    let found = parallel.map(runs) { Self.products($0.rows, plan.rows, models, size) }
    var byCell = Array(repeating: [SIMD8<Double>](), count: plan.slices.cellCount)
    for (run, sums) in zip(runs, found) {
      if byCell[run.cell].isEmpty {
        byCell[run.cell] = sums
      } else {
        for place in sums.indices { byCell[run.cell][place] += sums[place] }
      }
    }
    let cells = byCell
    products = parallel.map(plan.slices.cells) { members in
      var sum = Array(repeating: SIMD8<Double>(), count: size)
      for cell in members {
        for place in cells[Int(cell)].indices { sum[place] += cells[Int(cell)][place] }
      }
      return sum
    }
  }

  /// leftᵀ (Σ z z′ᵀ) right over a slice, `left` by the sums of model `a`, `right` by those of `b`.
  func form(
    _ slice: Int, _ sums: Sums, _ a: Int, _ left: SIMD8<Double>, _ b: Int, _ right: SIMD8<Double>
  ) -> Double {
    if a > b { return form(slice, sums, b, right, a, left) }
    let start = 16 * Self.place(a, b) + 8 * sums.rawValue
    var result = 0.0
    for index in 0..<8 where right[index] != 0 {
      result += (products[slice][start + index] * left).sum() * right[index]
    }
    return result
  }

  /// How many rows of a slice lie in a set of cells under model `a` and in another under model `b`.
  func rows(_ slice: Int, _ a: Int, _ first: DecisionCells, _ b: Int, _ second: DecisionCells)
    -> Double
  {
    form(slice, .decisions, a, first.indicator, b, second.indicator)
  }

  private static func place(_ a: Int, _ b: Int) -> Int { b * (b + 1) / 2 + a }

  private static func products(
    _ range: Range<Int>, _ rows: DistinctRows, _ models: Int, _ size: Int
  )
    -> [SIMD8<Double>]
  {
    var sums = Array(repeating: SIMD8<Double>(), count: size)
    var cells = Array(repeating: -1, count: models)
    var moments = Array(repeating: SIMD8<Double>(), count: models)
    for row in range {
      let label = rows.label(row)
      let scale = rows.weight(row) * rows.weight(row) * rows.multiplicities[row]
      for model in 0..<models {
        cells[model] = DecisionCounts.cell(label: label, decision: rows.decision(model, row)) ?? -1
        let isScored = !rows.scores[model].isEmpty && !rows.scores[model][row].isNaN
        moments[model] =
          isScored ? ScoreMoments.row(score: rows.scores[model][row], label: label) : SIMD8()
      }
      for b in 0..<models {
        let other = moments[b] * scale
        for a in 0...b {
          let start = 16 * place(a, b)
          if cells[a] >= 0, cells[b] >= 0 { sums[start + cells[b]][cells[a]] += scale }
          // A score of another kind may be huge: nothing reads its squared error.
          for index in 0..<7 where other[index] != 0 {
            sums[start + 8 + index] += moments[a] * other[index]
          }
        }
      }
    }
    return sums
  }
}

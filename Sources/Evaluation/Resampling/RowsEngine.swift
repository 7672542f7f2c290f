// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics
import EvenhandParallel

/// The bootstrap of sums over rows: weights against the rows' statistics, tile by tile, as matrix
/// products.
///
/// All models and metrics share the weights of a replicate. Tiles have a constant number of rows and lie within one cell, so that products give
/// cells' sums; these are rolled up into slices.
struct RowsEngine: Sendable {
  /// Rows in a tile, and replicates that are drawn together.
  private static let tile = 1024
  private static let block = 50
  /// Statistics of one model, in the order of `columns(of:label:)`.
  static let width = 12

  private let plan: Plan
  /// Models with scores.
  private let models: [Int]
  /// Statistics of every row, model after model.
  private let statistics: [[Double]]

  init(_ plan: Plan, models: [Int]) {
    self.plan = plan
    self.models = models
    statistics = (0..<plan.rows.count).map { row in
      models.flatMap { model in
        Self.columns(of: plan.rows.scores[model][row], label: plan.rows.label(row))
      }
    }
  }

  /// 1, s, s² of a scored row; 1, s, s², y, s·y, b, b², l, l² of one with a label too, b being the
  /// squared error and l the log loss.
  static func columns(of score: Double, label: Bool?) -> [Double] {
    guard !score.isNaN else { return Array(repeating: 0, count: width) }
    let scored = [1, score, score * score]
    guard label != nil else { return scored + Array(repeating: 0, count: width - 3) }
    let moments = ScoreMoments.row(score: score, label: label)
    let (y, b, l) = (moments[4], moments[5], moments[6])
    return scored + scored + [y, score * y, b, b * b, l, l * l]
  }

  /// A ratio metric as columns: numerator, denominator, their squares and product.
  struct Ratio: Sendable {
    var numerator: Int
    var denominator: Int
    var numeratorSquared: Int
    var product: Int
    var denominatorSquared: Int

    init?(_ metric: any ProbabilityMetric) {
      switch metric.id {
      case MeanScore().id: self.init(1, 0, 2, 1, 0)
      case BrierScore().id: self.init(8, 3, 9, 8, 3)
      case LogLoss().id: self.init(10, 3, 11, 10, 3)
      case CalibrationRatio().id: self.init(4, 6, 5, 7, 6)
      default: return nil
      }
    }

    private init(_ n: Int, _ d: Int, _ nn: Int, _ nd: Int, _ dd: Int) {
      (numerator, denominator, numeratorSquared) = (n, d, nn)
      (product, denominatorSquared) = (nd, dd)
    }
  }

  /// Calls `body` with every block of replicates: their sums by slice, one row a replicate, one column a
  /// statistic of a model.
  func run<Result: Sendable>(
    _ parallel: Parallel, _ body: @Sendable (_ sums: [Matrix], _ replicates: Int) -> Result
  ) -> [Result] {
    let replicates = plan.configuration.replicates
    let blocks = (replicates + Self.block - 1) / Self.block
    return parallel.map(blocks) { block in
      let first = block * Self.block
      let count = min(Self.block, replicates - first)
      return body(sums(first: first, count: count), count)
    }
  }

  /// Sums by slice over the replicates from `first` on.
  private func sums(first: Int, count: Int) -> [Matrix] {
    let columns = models.count * Self.width
    var cells = Array(
      repeating: Matrix(rows: count, columns: columns), count: plan.slices.cellCount)
    var weights = RowWeights(plan, first: first, count: count)
    var start = 0
    while start < plan.rows.count {
      let cell = plan.rows.cells[start]
      var end = start
      while end < plan.rows.count, end - start < Self.tile, plan.rows.cells[end] == cell {
        end += 1
      }
      let values = Matrix(
        rows: end - start, columns: columns,
        elements: Array(statistics[start..<end].joined()))
      cells[Int(cell)].addTransposedProduct(weights.draw(start..<end), values)
      start = end
    }
    return plan.slices.cells.map { members in
      var sum = Matrix(rows: count, columns: columns)
      for cell in members { sum.add(cells[Int(cell)]) }
      return sum
    }
  }
}

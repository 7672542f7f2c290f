// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics
import EvenhandParallel

/// The bootstrap of sums over rows: weights against the rows' statistics, tile by tile, as matrix
/// products.
///
/// All models and metrics share the weights of a replicate. Tiles have a constant number of rows and lie
/// within one cell, so that products give cells' sums; these are rolled up into slices. Products are in
/// single precision, their sums in double. `RowReplicates` draws the weights.
struct RowsEngine: Sendable {
  /// Statistics of one model, in the order of `columns(of:label:)`.
  static let width = 12

  private let plan: Plan
  /// Models with scores.
  private let models: [Int]
  /// By place in `models`: what scores are measured from, so that single precision keeps the digits of
  /// scores far from 0; 0 for probabilities.
  let centres: [Double]
  /// By tile, row after row, the statistics of one model after the other.
  private let statistics: [[Float]]

  init(_ plan: Plan, models: [Int], _ parallel: Parallel) {
    self.plan = plan
    self.models = models
    let centres = models.map { Self.centre(plan, $0) }
    self.centres = centres
    statistics = parallel.map(RowWeights.tiles(plan.rows)) {
      Self.statistics(plan, $0, models, centres)
    }
  }

  private static func statistics(
    _ plan: Plan, _ tile: Range<Int>, _ models: [Int], _ centres: [Double]
  ) -> [Float] {
    let stride = models.count * width
    var statistics = Array(repeating: Float(0), count: tile.count * stride)
    for (place, model) in models.enumerated() {
      let scores = plan.rows.scores[model]
      for row in tile {
        let own = columns(of: scores[row] - centres[place], label: plan.rows.label(row))
        let first = (row - tile.lowerBound) * stride + place * width
        for column in own.indices { statistics[first + column] = Float(own[column]) }
      }
    }
    return statistics
  }

  private static func centre(_ plan: Plan, _ model: Int) -> Double {
    guard plan.models[model].kind == .score else { return 0 }
    var (sum, count) = (0.0, 0.0)
    for (score, rows) in zip(plan.rows.scores[model], plan.rows.multiplicities) where !score.isNaN {
      sum += score * rows
      count += rows
    }
    return count > 0 ? sum / count : 0
  }

  /// 1, s, s² of a scored row; 1, s, s², y, s·y, b, b², l, l² of one with a label too, b being the
  /// squared error and l the log loss.
  static func columns(of score: Double, label: Bool?) -> InlineArray<12, Double> {
    guard !score.isNaN else { return InlineArray(repeating: 0) }
    let square = score * score
    guard label != nil else { return [1, score, square, 0, 0, 0, 0, 0, 0, 0, 0, 0] }
    let moments = ScoreMoments.row(score: score, label: label)
    let (y, b, l) = (moments[4], moments[5], moments[6])
    return [1, score, square, 1, score, square, y, score * y, b, b * b, l, l * l]
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

  /// Sums of a block of replicates in the making.
  struct Block {
    private let engine: RowsEngine
    /// By cell: one row a replicate, one column a statistic of a model.
    private var cells: [Matrix]
    private var product: TileProduct
    private var drawn: [Float]

    init(_ engine: RowsEngine, replicates: Int) {
      self.engine = engine
      let columns = engine.models.count * RowsEngine.width
      cells = Array(
        repeating: Matrix(rows: replicates, columns: columns), count: engine.plan.slices.cellCount)
      product = TileProduct(replicates: replicates, columns: columns)
      drawn = Array(repeating: 0, count: replicates * RowWeights.tile)
    }

    /// Adds the tile that the weights have drawn.
    ///
    /// - Parameter number: the tile's place among all.
    mutating func add(_ tile: Range<Int>, number: Int, _ weights: borrowing RowWeights) {
      weights.write(tile, into: &drawn)
      product.add(
        drawn, engine.statistics[number], rows: 0..<tile.count,
        to: &cells[Int(engine.plan.rows.cells[tile.lowerBound])])
    }

    /// By slice, of the same shape.
    var slices: [Matrix] {
      engine.plan.slices.cells.map { members in
        var sum = Matrix(rows: cells[0].rows, columns: cells[0].columns)
        for cell in members { sum.add(cells[Int(cell)]) }
        return sum
      }
    }
  }
}

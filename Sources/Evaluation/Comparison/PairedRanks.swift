// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics
import EvenhandParallel

/// The covariances of the models' ranked metrics, on every slice and between a slice and its context,
/// from the influences of the rows on each.
///
/// Positives and negatives are summed apart, since each class has its own correction.
///
/// - Complexity: rows × slices that contain a row × pairs of models.
struct PairedRanks: Sendable {
  private let models: Int
  private let slices: [Sums]
  /// The ranked metrics that some model has.
  private let places: [String: Int]

  /// Of one slice: a row for each metric and model, a column for each model.
  fileprivate struct Sums: Sendable {
    /// Σ w² ψ ψ′ over the slice's positives, and over its negatives.
    var positives: Matrix
    var negatives: Matrix
    /// Σ w² ψ ψ′, where ψ′ is the influence on the metric of the context.
    var withContext: Matrix

    init(metrics: Int, models: Int) {
      positives = Matrix(rows: metrics * models, columns: models)
      (negatives, withContext) = (positives, positives)
    }

    mutating func add(_ other: Sums) {
      positives.add(other.positives)
      negatives.add(other.negatives)
      withContext.add(other.withContext)
    }
  }

  init?(_ estimation: Estimation, _ parallel: Parallel) {
    let plan = estimation.plan
    let ids = plan.models.indices.map { model in
      estimation.estimates.filter { $0.model == model && $0.metric is any RankedMetric }
        .map(\.metric.id)
    }
    let known = Set(ids.joined()).sorted()
    guard !known.isEmpty else { return nil }
    let places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
    models = plan.models.count
    self.places = places
    let worker = PairedRanksWorker(
      estimation, metrics: known.count, places: ids.map { $0.compactMap { places[$0] } })
    let runs = plan.rows.cellRuns
    let found = parallel.map(runs) { worker.sums($0.cell, $0.rows) }
    var slices = Array(
      repeating: Sums(metrics: known.count, models: models), count: plan.slices.slices.count)
    for (run, sums) in zip(runs, found) {
      for (slice, one) in zip(worker.slicesOfCell[run.cell], sums) { slices[slice].add(one) }
    }
    self.slices = slices
  }

  /// The covariance of a metric of two models on a slice; `nil` for a metric that no model has.
  ///
  /// - Parameter corrections: what the sums over positives and over negatives are multiplied by.
  func covariance(_ id: String, _ slice: Int, _ a: Int, _ b: Int, corrections: SIMD2<Double>)
    -> Double?
  {
    guard let metric = places[id] else { return nil }
    // One triangle for both orders, so that models can change places.
    let (row, column) = (metric * models + min(a, b), max(a, b))
    let sums = slices[slice]
    return sums.positives[row, column] * corrections[0]
      + sums.negatives[row, column] * corrections[1]
  }

  /// The covariance of a metric of model `a` on a slice with that of model `b` on its context.
  func covariance(_ id: String, _ slice: Int, _ a: Int, withContextOf b: Int) -> Double {
    guard let metric = places[id] else { return 0 }
    return slices[slice].withContext[metric * models + a, b]
  }
}

/// Sums products of influences over runs of rows of one cell.
private struct PairedRanksWorker: Sendable {
  private let rows: DistinctRows
  /// The rows, cell by cell.
  private let order: [UInt32]
  /// By slice.
  private let contexts: [Int]
  /// By model and slice; none for a model of decisions.
  private let steps: [[InfluenceSteps]]
  /// By model, which of the metrics its own are.
  private let places: [[Int]]
  private let metrics: Int
  /// By cell.
  let slicesOfCell: [[Int]]

  /// Rows whose influences stand in memory at once: as many as make it worth while to bring the
  /// influences of a slice and a model near, one after the other.
  private static let block = 2048

  init(_ estimation: Estimation, metrics: Int, places: [[Int]]) {
    let plan = estimation.plan
    rows = plan.rows
    // Models score alike: in the order of one's scores, neighbours need neighbouring influences of all.
    order =
      estimation.orders.lazy.compactMap { $0 }.first?.rowsByCell(plan)
      ?? plan.rows.cells.indices.map(UInt32.init)
    contexts = plan.slices.contexts
    steps = estimation.ranked.map { $0?.map { $0.steps ?? InfluenceSteps() } ?? [] }
    self.places = places
    self.metrics = metrics
    var slicesOfCell = Array(repeating: [Int](), count: plan.slices.cellCount)
    for (slice, cells) in plan.slices.cells.enumerated() {
      for cell in cells { slicesOfCell[Int(cell)].append(slice) }
    }
    self.slicesOfCell = slicesOfCell
  }

  private var models: Int { steps.count }

  /// By place of the slice among the cell's.
  func sums(_ cell: Int, _ range: Range<Int>) -> [PairedRanks.Sums] {
    let inside = slicesOfCell[cell]
    var result = inside.map { _ in PairedRanks.Sums(metrics: metrics, models: models) }
    for label in [UInt8(1), 0] {
      let labelled = order[range].map(Int.init).filter { rows.labels[$0] == label }
      for start in stride(from: 0, to: labelled.count, by: Self.block) {
        let block = labelled[start..<min(start + Self.block, labelled.count)]
        let whole = Set(inside.map { contexts[$0] })
        var ofContexts: [Int: Matrix] = [:]
        for context in whole { ofContexts[context] = influences(block, label == 1, context) }
        for (place, slice) in inside.enumerated() {
          let own = ofContexts[slice] ?? influences(block, label == 1, slice)
          guard let ofContext = ofContexts[contexts[slice]] else { continue }
          let products = own.crossProduct()
          if label == 1 {
            result[place].positives.addBlocks(of: products)
          } else {
            result[place].negatives.addBlocks(of: products)
          }
          var across = Matrix(rows: products.rows, columns: products.columns)
          across.addTransposedProduct(own, ofContext)
          result[place].withContext.addBlocks(of: across)
        }
      }
    }
    return result
  }

  /// The influences of some rows of one label on a slice's metrics, times their weights: a row each, a
  /// column for each metric and model; 0 for a row without a score.
  private func influences(_ block: ArraySlice<Int>, _ label: Bool, _ slice: Int) -> Matrix {
    let width = metrics * models
    var elements = Array(repeating: 0.0, count: block.count * width)
    let weights = block.map { rows.weight($0) * rows.multiplicities[$0].squareRoot() }
    for model in 0..<models where !steps[model].isEmpty && steps[model][slice].metrics > 0 {
      let scored = block.indices.compactMap { index -> InfluenceSteps.Row? in
        let (score, place) = (rows.scores[model][block[index]], index - block.startIndex)
        guard !score.isNaN else { return nil }
        return InfluenceSteps.Row(
          score: score, label: label, weight: weights[place], start: place * width)
      }
      steps[model][slice].write(
        scored, offsets: places[model].map { $0 * models + model }, into: &elements)
    }
    return Matrix(rows: block.count, columns: width, elements: elements)
  }
}

extension Matrix {
  /// Adds the square blocks on another matrix's diagonal, one below the other.
  fileprivate mutating func addBlocks(of other: Matrix) {
    for row in 0..<rows {
      let first = row / columns * columns
      for column in 0..<columns { self[row, column] += other[row, first + column] }
    }
  }
}

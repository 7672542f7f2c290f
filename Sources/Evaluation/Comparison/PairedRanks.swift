// SPDX-License-Identifier: Apache-2.0
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
  /// By slice, metric, pair of models and class: Σ w² ψ ψ′ on the slice.
  private let own: [[SIMD2<Double>]]
  /// By slice, metric, model on the slice and model on the context.
  private let withContext: [[Double]]
  /// The ranked metrics that some model has.
  private let places: [String: Int]

  init?(_ estimation: Estimation, _ parallel: Parallel) {
    let plan = estimation.plan
    let steps = plan.models.indices.map { model in
      estimation.ranked[model]?.map { $0.steps ?? InfluenceSteps() } ?? []
    }
    let ids = plan.models.indices.map { model in
      estimation.estimates.filter { $0.model == model && $0.metric is any RankedMetric }
        .map(\.metric.id)
    }
    let known = Set(ids.joined()).sorted()
    guard !known.isEmpty else { return nil }
    let places = Dictionary(uniqueKeysWithValues: known.enumerated().map { ($1, $0) })
    let metrics = known.count
    models = plan.models.count
    self.places = places
    var slicesOfCell = Array(repeating: [Int](), count: plan.slices.cellCount)
    for (slice, cells) in plan.slices.cells.enumerated() {
      for cell in cells { slicesOfCell[Int(cell)].append(slice) }
    }
    let worker = Worker(
      rows: plan.rows, slices: plan.slices, steps: steps,
      places: ids.map { $0.compactMap { places[$0] } }, metrics: metrics,
      slicesOfCell: slicesOfCell)
    let runs = plan.rows.cellRuns
    let found = parallel.map(runs) { worker.sums($0.cell, $0.rows) }
    let (pairs, squares) = (worker.pairs, worker.models * worker.models)
    var own = plan.slices.slices.map { _ in
      Array(repeating: SIMD2<Double>(), count: metrics * pairs)
    }
    var withContext = plan.slices.slices.map { _ in Array(repeating: 0.0, count: metrics * squares)
    }
    for (run, sums) in zip(runs, found) {
      for (place, slice) in slicesOfCell[run.cell].enumerated() {
        for index in 0..<(metrics * pairs) {
          own[slice][index] += sums.own[place * metrics * pairs + index]
        }
        for index in 0..<(metrics * squares) {
          withContext[slice][index] += sums.withContext[place * metrics * squares + index]
        }
      }
    }
    self.own = own
    self.withContext = withContext
  }

  /// The covariance of a metric of two models on a slice; `nil` for a metric that no model has.
  ///
  /// - Parameter corrections: what the sums over positives and over negatives are multiplied by.
  func covariance(_ id: String, _ slice: Int, _ a: Int, _ b: Int, corrections: SIMD2<Double>)
    -> Double?
  {
    guard let metric = places[id] else { return nil }
    let (first, second) = (min(a, b), max(a, b))
    let pairs = models * (models + 1) / 2
    let place = metric * pairs + second * (second + 1) / 2 + first
    return (own[slice][place] * corrections).sum()
  }

  /// The covariance of a metric of model `a` on a slice with that of model `b` on its context.
  func covariance(_ id: String, _ slice: Int, _ a: Int, withContextOf b: Int) -> Double {
    guard let metric = places[id] else { return 0 }
    return withContext[slice][(metric * models + a) * models + b]
  }
}

extension PairedRanks {
  /// Sums over runs of rows of one cell.
  private struct Worker: Sendable {
    let rows: DistinctRows
    let slices: SliceTable
    /// By model and slice; none for a model of decisions.
    let steps: [[InfluenceSteps]]
    /// By model, which of the metrics its own are.
    let places: [[Int]]
    let metrics: Int
    let slicesOfCell: [[Int]]

    var models: Int { steps.count }
    var pairs: Int { models * (models + 1) / 2 }

    /// Rows whose influences are written at once, a slice and a model at a time.
    private static let block = 128

    /// By place of the slice among the cell's: as in `PairedRanks`.
    func sums(_ cell: Int, _ range: Range<Int>) -> (own: [SIMD2<Double>], withContext: [Double]) {
      let inside = slicesOfCell[cell]
      let contexts = inside.map { slice in inside.firstIndex(of: slices.contexts[slice]) ?? 0 }
      var own = Array(repeating: SIMD2<Double>(), count: inside.count * metrics * pairs)
      var withContext = Array(repeating: 0.0, count: inside.count * metrics * models * models)
      // By row of the block, slice, metric and model.
      let width = inside.count * metrics * models
      var influences = Array(repeating: 0.0, count: Self.block * width)
      let labelled = range.filter { rows.labels[$0] != BinaryColumn.missing }
      for start in stride(from: 0, to: labelled.count, by: Self.block) {
        let block = labelled[start..<min(start + Self.block, labelled.count)]
        write(block, inside, width, into: &influences)
        let influence = influences.span
        for (place, row) in block.enumerated() {
          let (multiplicity, label) = (rows.multiplicities[row], rows.labels[row] == 1 ? 0 : 1)
          for slice in contexts.indices {
            for metric in 0..<metrics {
              let first = (slice * metrics + metric) * models
              let ownStart = place * width + first
              let whole = place * width + (contexts[slice] * metrics + metric) * models
              let pair = (slice * metrics + metric) * pairs
              for b in 0..<models {
                let other = influence[ownStart + b] * multiplicity
                let inContext = influence[whole + b] * multiplicity
                for a in 0..<models {
                  withContext[(first + a) * models + b] += influence[ownStart + a] * inContext
                }
                for a in 0...b {
                  own[pair + b * (b + 1) / 2 + a][label] += influence[ownStart + a] * other
                }
              }
            }
          }
        }
      }
      return (own, withContext)
    }

    /// The influences of some rows, times their weights; 0 for a row without a score.
    private func write(
      _ block: ArraySlice<Int>, _ inside: [Int], _ width: Int, into influences: inout [Double]
    ) {
      var target = Array(repeating: 0.0, count: metrics)
      for model in 0..<models {
        let own = places[model]
        guard !steps[model].isEmpty else { continue }
        let scores = rows.scores[model]
        for (place, slice) in inside.enumerated() {
          let steps = steps[model][slice]
          for (index, row) in block.enumerated() {
            let isScored = steps.metrics > 0 && !scores[row].isNaN
            if isScored {
              steps.write(
                score: scores[row], label: rows.labels[row] == 1, weight: rows.weight(row),
                into: &target, at: 0)
            }
            let start = index * width + place * metrics * models + model
            for (number, metric) in own.enumerated() {
              influences[start + metric * models] = isScored ? target[number] : 0
            }
          }
        }
      }
    }
  }
}

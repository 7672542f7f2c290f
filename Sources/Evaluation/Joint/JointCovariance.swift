// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics
import EvenhandParallel

/// The joint covariance of a model's estimates, metrics × slices, from influence functions:
/// Σ over rows of ψψᵀ, or over clusters of the sums of their rows' ψ.
///
/// ψ is what a row moves an estimate by, its weight included; a row moves the estimates of the slices
/// that contain it. Nothing is smoothed: an estimate without variation among its rows has variance 0.
/// Only clusters are corrected for their number, by √(G/(G−1)) a slice (CR1), as single metrics are.
///
/// - Complexity: rows × features² / 2 for independent rows, features ≈ 16 + 4 × the slices that a cell
///   lies in; clusters × columns² / 2 for clustered ones.
struct JointCovariance: Sendable {
  let columns: [JointColumn]
  /// In the order of the columns.
  private(set) var matrix: Matrix
  private let places: [[Int]: Int]
  private static let tile = 512
  /// Runs of rows whose products are in memory at once.
  private static let runsAtOnce = 64

  init(_ estimation: Estimation, model: Int, columns: [JointColumn]) {
    self.columns = columns
    places = Dictionary(
      uniqueKeysWithValues: columns.enumerated().map { ([$1.entry, $1.slice], $0) })
    matrix = Matrix(rows: columns.count, columns: columns.count)
    guard !columns.isEmpty else { return }
    let plan = estimation.plan
    let steps = estimation.ranked[model]?.map(\.steps) ?? []
    let features = RowFeatures(plan, model: model, steps: steps, columns: columns)
    if plan.rows.isClustered {
      addClusters(plan, features, estimation.parallel)
      correct(estimation.estimates)
    } else {
      let rows =
        estimation.orders[model]?.rowsByCell(plan) ?? plan.rows.cells.indices.map(UInt32.init)
      addRows(plan, rows, features, estimation.parallel)
    }
  }

  /// The covariance with other standard errors and the same correlations. An estimate without
  /// variation is uncorrelated with all others.
  func scaled(_ standardError: (JointColumn) -> Double) -> Matrix {
    let errors = columns.map(standardError)
    let scales = columns.indices.map { place in
      // What is smaller than this is rounding, not variation.
      let varies = matrix[place, place] > 1e-9 * errors[place] * errors[place]
      return varies ? errors[place] / matrix[place, place].squareRoot() : 0
    }
    var result = matrix
    for a in columns.indices {
      for b in columns.indices { result[a, b] *= scales[a] * scales[b] }
      result[a, a] = errors[a] * errors[a]
    }
    return result
  }

  /// The column of a metric on a slice.
  func place(_ entry: Int, _ slice: Int) -> Int? { places[[entry, slice]] }

  /// Rows stand in the order of their cells: each cell's features have one cross-product. In the order of
  /// their scores, `rows`, neighbours in a cell need neighbouring influences.
  private mutating func addRows(
    _ plan: Plan, _ rows: [UInt32], _ features: RowFeatures, _ parallel: Parallel
  ) {
    let runs = plan.rows.cellRuns
    let (width, columns) = (columns.count, columns)
    var elements = matrix.elements
    for first in stride(from: 0, to: runs.count, by: Self.runsAtOnce) {
      let some = Array(runs[first..<min(first + Self.runsAtOnce, runs.count)])
      let blocks = parallel.map(some) { run in
        let product = Self.crossProduct(run.rows, width: features.count(run.cell)) { places in
          let own = rows[places].map(Int.init)
          let weights = own.map {
            plan.rows.weight($0) * plan.rows.multiplicities[$0].squareRoot()
          }
          return features.features(run.cell, own, weights: weights)
        }
        let forms = features.forms(run.cell, columns)
        var mapped = Matrix(rows: forms.rows, columns: forms.columns)
        mapped.addTransposedProduct(product, forms)
        var block = Matrix(rows: forms.columns, columns: forms.columns)
        block.addTransposedProduct(forms, mapped)
        return block
      }
      for (run, block) in zip(some, blocks) {
        let own = features.columnsOfCell[run.cell]
        // One triangle and its mirror image, so that the sum is symmetric to the last bit.
        for (row, a) in own.enumerated() {
          for (column, b) in own[...row].enumerated() {
            let value = block.elements[row * own.count + column]
            elements[a * width + b] += value
            if a != b { elements[b * width + a] += value }
          }
        }
      }
    }
    matrix = Matrix(rows: width, columns: width, elements: elements)
  }

  /// Σ xxᵀ of the vectors that are the rows of `vectors`, a tile of the indices at a time.
  private static func crossProduct(
    _ indices: Range<Int>, width: Int, vectors: (Range<Int>) -> Matrix
  ) -> Matrix {
    var sum = Matrix(rows: width, columns: width)
    for first in stride(from: indices.lowerBound, to: indices.upperBound, by: tile) {
      sum.add(vectors(first..<min(first + tile, indices.upperBound)).crossProduct())
    }
    return sum
  }

  /// Rows of one cluster may lie in many cells: every cluster has a value for each column.
  private mutating func addClusters(_ plan: Plan, _ features: RowFeatures, _ parallel: Parallel) {
    let (columns, rows) = (columns, plan.rows)
    var order = Array(UInt32(0)..<UInt32(rows.count))
    RadixSort.sort(&order, by: rows.clusters.map { UInt64($0) })
    let sorted = order
    let starts = sorted.indices.filter {
      $0 == 0 || rows.clusters[Int(sorted[$0])] != rows.clusters[Int(sorted[$0 - 1])]
    }
    // A constant number of parts, so that sums do not depend on the number of threads.
    let parts = min(4, starts.count)
    let sums = parallel.map(parts) { part in
      let own = (part * starts.count / parts)..<((part + 1) * starts.count / parts)
      return Self.crossProduct(own, width: columns.count) { clusters in
        var tile = Array(repeating: 0.0, count: clusters.count * columns.count)
        for (place, cluster) in clusters.enumerated() {
          let end = cluster + 1 < starts.count ? starts[cluster + 1] : sorted.count
          for row in sorted[starts[cluster]..<end].lazy.map(Int.init) {
            let weight = rows.weight(row) * rows.multiplicities[row]
            features.add(row, weight: weight, columns, into: &tile, at: place * columns.count)
          }
        }
        return Matrix(rows: clusters.count, columns: columns.count, elements: tile)
      }
    }
    for sum in sums { matrix.add(sum) }
  }

  /// Clusters are finite in number: by √(G/(G−1)) a slice, nothing for independent rows.
  private mutating func correct(_ estimates: [MetricEstimates]) {
    let factors = columns.map { (1 + 1 / estimates[$0.entry].degrees($0.slice)).squareRoot() }
    for a in columns.indices {
      for b in columns.indices { matrix[a, b] *= factors[a] * factors[b] }
    }
  }
}

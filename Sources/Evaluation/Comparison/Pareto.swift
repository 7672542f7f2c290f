// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandLinearAlgebra
import EvenhandMetrics
import EvenhandSampling

/// Weighs all models by two criteria: which of them another one beats by both, and in how many draws.
///
/// Draws are normal with the joint covariance of both criteria of all models, from the influences of the
/// rows, so that models that agree row by row move together.
struct Pareto: Sendable {
  private let changes: PairedChanges
  private let criteria: [Criterion]

  private var estimation: Estimation { changes.estimation }
  private var plan: Plan { estimation.plan }

  init(_ changes: PairedChanges, _ criteria: [Criterion]) {
    precondition(criteria.count == 2, "a plane has two axes")
    self.changes = changes
    self.criteria = criteria
  }

  /// One coordinate of one model: its value, a difference with its sign, and the rows' influences on it.
  private struct Coordinate: Sendable {
    var value: Double
    /// As it is reported; of a difference the sum of both.
    var variance: Double
    var range: ClosedRange<Double>
    var influences: Influences
    var slice: Int
    var reference: Int?

    /// Of a difference the size.
    func size(_ value: Double) -> Double { reference == nil ? value : abs(value) }

    /// Within the metric's range; a difference that may be 0 has the size 0 at least.
    func limits(_ reach: Double) -> CriterionValue {
      let (low, high) = (value - reach, value + reach)
      guard reference != nil else {
        return CriterionValue(
          value: value, low: max(low, range.lowerBound), high: min(high, range.upperBound))
      }
      let ends = [abs(low), abs(high)].sorted()
      return CriterionValue(
        value: abs(value), low: low < 0 && high > 0 ? 0 : ends[0], high: ends[1])
    }

    /// By row of a cell, what it moves the coordinate by; `nil` for a cell that it does not depend on.
    func column(_ rows: Range<Int>, cell: Int, _ plan: Plan) -> [Double]? {
      func holds(_ slice: Int) -> Bool { plan.slices.cells[slice].contains(Int32(cell)) }
      if holds(slice) { return influences.influences(rows, slice) }
      guard let reference, holds(reference) else { return nil }
      return influences.influences(rows, reference).map { -$0 }
    }
  }

  /// - Returns: `nil` where a criterion has no value for some model.
  func record() -> ParetoRecord? {
    var coordinates: [Coordinate] = []
    for criterion in criteria {
      for model in plan.models.indices {
        guard let one = coordinate(criterion, model) else { return nil }
        coordinates.append(one)
      }
    }
    let covariance = covariance(coordinates)
    let draws = draws(covariance)
    let critical = Normal.critical(confidence: plan.configuration.confidence)
    let values = coordinates.indices.map { place in
      coordinates[place].limits(critical * covariance[place, place].squareRoot())
    }
    let drawn = draws.map { draw in
      coordinates.indices.map { coordinates[$0].size(coordinates[$0].value + draw[$0]) }
    }
    let count = plan.models.count
    let observed = coordinates.map { $0.size($0.value) }
    let points = plan.models.indices.map { model in
      let dominated = drawn.count { isDominated(model, $0) }
      return ParetoPoint(
        model: plan.models[model].name, x: values[model], y: values[count + model],
        isDominated: isDominated(model, observed),
        dominatedShare: drawn.isEmpty ? 0 : rounded(Double(dominated) / Double(drawn.count)))
    }
    return ParetoRecord(
      x: criteria[0], y: criteria[1], level: plan.configuration.confidence, models: points)
  }

  /// Below it two values are the same: what is left of equal models after a Cholesky factor.
  private static let slack = 1e-6

  /// Whether some model is at least as good by both criteria and better by one.
  private func isDominated(_ model: Int, _ values: [Double]) -> Bool {
    let count = plan.models.count
    func gain(_ criterion: Int, _ other: Int) -> Double {
      let difference = values[criterion * count + other] - values[criterion * count + model]
      return criteria[criterion].higherIsBetter ? difference : -difference
    }
    return plan.models.indices.contains { other in
      let (x, y) = (gain(0, other), gain(1, other))
      return other != model && min(x, y) >= -Self.slack && max(x, y) > Self.slack
    }
  }

  private func coordinate(_ criterion: Criterion, _ model: Int) -> Coordinate? {
    guard
      let entry = estimation.estimates.first(where: {
        $0.model == model && $0.metric.id == criterion.metric
      }), changes.hasInfluence(entry.metric),
      let slice = plan.slices.slices.firstIndex(of: criterion.slice),
      entry.estimates[slice].status == .ok, let own = entry.estimates[slice].value
    else { return nil }
    var result = Coordinate(
      value: own, variance: entry.estimates[slice].variance ?? 0, range: entry.metric.range,
      influences: Influences(estimation, entry, model: model), slice: slice)
    guard let name = criterion.reference else { return result }
    guard let reference = plan.slices.slices.firstIndex(of: name),
      entry.estimates[reference].status == .ok, let other = entry.estimates[reference].value
    else { return nil }
    result.value = own - other
    result.variance += entry.estimates[reference].variance ?? 0
    result.reference = reference
    return result
  }

  /// Σ ψψ′ over rows, or over clusters of their sums, with the variances that are reported.
  private func covariance(_ coordinates: [Coordinate]) -> Matrix {
    let (rows, width) = (plan.rows, coordinates.count)
    let runs = rows.cellRuns
    let columns = estimation.parallel.map(runs) { run in
      coordinates.map { $0.column(run.rows, cell: run.cell, plan) }
    }
    var sum = Matrix(rows: width, columns: width)
    guard rows.isClustered else {
      let sums = estimation.parallel.map(runs.count) { run in
        products(columns[run], scale: Array(rows.multiplicities[runs[run].rows]))
      }
      for part in sums { sum.add(part) }
      return scaled(sum, coordinates)
    }
    let clusters = Int(rows.clusters.max() ?? -1) + 1
    var totals = Array(
      repeating: Array(repeating: 0.0, count: clusters) as [Double]?, count: width)
    for (run, own) in zip(runs, columns) {
      for (place, column) in own.enumerated() {
        guard let column else { continue }
        for (row, influence) in zip(run.rows, column) {
          totals[place]?[Int(rows.clusters[row])] += rows.multiplicities[row] * influence
        }
      }
    }
    sum.add(products(totals, scale: Array(repeating: 1, count: clusters)))
    return scaled(sum, coordinates)
  }

  /// By pair of columns, the scaled sum of their products; none for a column that is not there.
  private func products(_ columns: [[Double]?], scale: [Double]) -> Matrix {
    var result = Matrix(rows: columns.count, columns: columns.count)
    for (a, left) in columns.enumerated() {
      guard let left else { continue }
      for (b, right) in columns[...a].enumerated() {
        guard let right else { continue }
        var sum = 0.0
        for row in scale.indices { sum += scale[row] * left[row] * right[row] }
        result[a, b] = sum
        result[b, a] = sum
      }
    }
    return result
  }

  /// The correlations of the influences, and the variances that are reported; what does not vary is
  /// unrelated to all else.
  private func scaled(_ sum: Matrix, _ coordinates: [Coordinate]) -> Matrix {
    var result = sum
    let factors = coordinates.indices.map { place in
      sum[place, place] > 1e-9 * coordinates[place].variance
        ? (coordinates[place].variance / sum[place, place]).squareRoot() : 0
    }
    for a in factors.indices {
      for b in factors.indices { result[a, b] *= factors[a] * factors[b] }
      result[a, a] = coordinates[a].variance
    }
    return result
  }

  private func draws(_ covariance: Matrix) -> [[Double]] {
    guard let cholesky = PivotedCholesky(covariance, tolerance: 1e-12) else { return [] }
    let (factor, configuration) = (cholesky.factor, plan.configuration)
    return (0..<min(2 * configuration.replicates, 20_000)).map { draw in
      var stream = RandomStream(
        seed: configuration.seed, family: StreamFamily.pareto, replicate: UInt32(draw))
      let normals = (0..<factor.rows).map { _ in stream.normal() }
      return (0..<factor.columns).map { column in
        normals.indices.reduce(0) { $0 + factor[$1, column] * normals[$1] }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandMetrics

/// What a row of a cell adds to the sums that its slices' estimates are forms of: eight counts, eight
/// moments and, for every slice that contains the cell, its influences on the ranked metrics.
///
/// The influences of a row on all metrics of all its slices are linear in these few features, so that
/// the work per row does not grow with the number of metrics.
struct RowFeatures: Sendable {
  private let rows: DistinctRows
  private let model: Int
  private let steps: [InfluenceSteps]
  /// How many ranked metrics the model has, if some column uses one.
  private let ranked: Int
  /// The moments that some column uses; others may be large without meaning.
  private let moments: SIMD8<Double>
  /// By cell, the columns of the slices that contain it, and those slices.
  let columnsOfCell: [[Int]]
  let slicesOfCell: [[Int]]

  init(_ plan: Plan, model: Int, steps: [InfluenceSteps?], columns: [JointColumn]) {
    rows = plan.rows
    self.model = model
    self.steps = steps.map { $0 ?? InfluenceSteps() }
    var (usesRanks, moments) = (false, SIMD8<Double>())
    for column in columns {
      switch column.form {
      case .decisions: break
      case .moments(let slope): moments.replace(with: 1, where: slope .!= 0)
      case .ranked: usesRanks = true
      }
    }
    ranked = usesRanks ? steps.lazy.compactMap { $0?.metrics }.first ?? 0 : 0
    self.moments = moments
    var columnsOfCell = Array(repeating: [Int](), count: plan.slices.cellCount)
    var slicesOfCell = columnsOfCell
    let bySlice = Dictionary(grouping: columns.indices) { columns[$0].slice }
    for (slice, own) in bySlice.sorted(by: { $0.key < $1.key }) {
      for cell in plan.slices.cells[slice] {
        columnsOfCell[Int(cell)] += own
        slicesOfCell[Int(cell)].append(slice)
      }
    }
    self.columnsOfCell = columnsOfCell
    self.slicesOfCell = slicesOfCell
  }

  /// How many features the rows of a cell have.
  func count(_ cell: Int) -> Int { 16 + ranked * slicesOfCell[cell].count }

  /// The features of some rows of a cell times their `weights`, row by row.
  func features(_ cell: Int, _ some: [Int], weights: [Double]) -> Matrix {
    let width = count(cell)
    var elements = Array(repeating: 0.0, count: some.count * width)
    for (place, row) in some.enumerated() {
      writeSums(row, weight: weights[place], into: &elements, at: place * width)
    }
    guard ranked > 0, !rows.scores[model].isEmpty else {
      return Matrix(rows: some.count, columns: width, elements: elements)
    }
    let scored = some.indices.compactMap { place -> InfluenceSteps.Row? in
      let score = rows.scores[model][some[place]]
      guard !score.isNaN, let label = rows.label(some[place]) else { return nil }
      return InfluenceSteps.Row(
        score: score, label: label, weight: weights[place], start: place * width)
    }
    for (number, slice) in slicesOfCell[cell].enumerated() where steps[slice].metrics > 0 {
      let first = 16 + number * ranked
      steps[slice].write(scored, offsets: Array(first..<first + ranked), into: &elements)
    }
    return Matrix(rows: some.count, columns: width, elements: elements)
  }

  /// Writes what a row times `weight` adds to counts and moments into `target`, which holds zeros from
  /// `start` on.
  private func writeSums(
    _ row: Int, weight: Double, into target: inout [Double], at start: Int
  ) {
    let label = rows.label(row)
    if let place = DecisionCounts.cell(label: label, decision: rows.decision(model, row)) {
      target[start + place] = weight
    }
    guard !rows.scores[model].isEmpty, !rows.scores[model][row].isNaN else { return }
    let score = rows.scores[model][row]
    let sums = ScoreMoments.row(score: score, label: label).replacing(with: 0, where: moments .== 0)
    for place in 0..<8 { target[start + 8 + place] = weight * sums[place] }
  }

  /// Adds the influences of a row times `weight` on the columns of its cell to `target`, which has a
  /// place for every column from `start` on.
  func add(
    _ row: Int, weight: Double, _ columns: [JointColumn], into target: inout [Double], at start: Int
  ) {
    let cell = Int(rows.cells[row])
    let features = features(cell, [row], weights: [weight]).elements
    let counts = SIMD8(features[0..<8])
    let sums = SIMD8(features[8..<16])
    for column in columnsOfCell[cell] {
      switch columns[column].form {
      case .decisions(let slope): target[start + column] += (slope * counts).sum()
      case .moments(let slope): target[start + column] += (slope * sums).sum()
      case .ranked(let metric):
        guard let slice = slicesOfCell[cell].firstIndex(of: columns[column].slice) else { continue }
        target[start + column] += features[16 + slice * ranked + metric]
      }
    }
  }

  /// The forms of a cell's columns: features × columns.
  func forms(_ cell: Int, _ columns: [JointColumn]) -> Matrix {
    let own = columnsOfCell[cell]
    var result = Matrix(rows: count(cell), columns: own.count)
    for (place, column) in own.enumerated() {
      switch columns[column].form {
      case .decisions(let slope):
        for index in 0..<8 { result[index, place] = slope[index] }
      case .moments(let slope):
        for index in 0..<8 { result[8 + index, place] = slope[index] }
      case .ranked(let metric):
        guard let slice = slicesOfCell[cell].firstIndex(of: columns[column].slice) else { continue }
        result[16 + slice * ranked + metric, place] = 1
      }
    }
    return result
  }
}

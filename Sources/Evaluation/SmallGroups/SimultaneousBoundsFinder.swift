// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandSmallGroups

/// Joint bounds on how far one rate of all slices of a context lies from the context's own.
struct SimultaneousBoundsFinder {
  let plan: Plan
  let metric: any Rate
  /// `nil` for a property of the data.
  let model: Int?
  let tally: ModelTally
  let withheld: Set<Int>
  let stream: UInt32

  /// `nil` where the context has no row that the rate is a share of.
  func bounds(_ context: Int) -> SimultaneousBoundsRecord? {
    let table = plan.slices
    let condition = table.slices[context]
    var result = SimultaneousBoundsRecord(
      model: model.map { plan.models[$0].name }, metric: metric.id,
      condition: condition.assignments.isEmpty ? nil : condition, status: .ok,
      level: plan.configuration.confidence)
    let members = table.groupings.filter { $0.context == context }.flatMap(\.comparable)
    guard withheld.isDisjoint(with: members + [context]) else {
      (result.status, result.reason) = (.suppressed, Estimation.withheldReason)
      return result
    }
    let cells = table.cells[context].map(Int.init)
    let counts = counts(cells)
    guard counts.rows.contains(where: { $0 > 0 }), !members.isEmpty else { return nil }
    let places = Dictionary(zip(cells, cells.indices), uniquingKeysWith: { first, _ in first })
    let family = SimultaneousBounds(
      counts, slices: members.map { table.cells[$0].compactMap { places[Int($0)] } })
    let extremes = family.extremes(
      0..<plan.configuration.replicates, seed: plan.configuration.seed, family: stream)
    let found = family.bounds(extremes, confidence: plan.configuration.confidence)
    result.slices = zip(members, found).compactMap { member, bound in
      bound.map { record(member, $0, counts, places) }
    }
    return result
  }

  private func record(
    _ member: Int, _ bound: SliceBound, _ counts: CellCounts, _ places: [Int: Int]
  ) -> SimultaneousBound {
    let cells = plan.slices.cells[member].compactMap { places[Int($0)] }
    return SimultaneousBound(
      slice: plan.slices.slices[member], denominator: cells.reduce(0) { $0 + counts.rows[$1] },
      difference: bound.deviation, low: min(rounded(bound.interval.low), bound.deviation),
      high: max(rounded(bound.interval.high), bound.deviation),
      method: bound.isClosedForm ? "clopper_pearson_square_and_add" : "multinomial_bootstrap")
  }

  private func counts(_ cells: [Int]) -> CellCounts {
    let sums = cells.map { DecisionCounts(tally.decisionCells[$0].rows) }
    return CellCounts(
      positives: sums.map { Int($0.sum(metric.counted)) },
      rows: sums.map { Int($0.sum(metric.among)) })
  }
}

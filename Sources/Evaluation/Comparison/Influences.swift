// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// What a row moves a metric of one model by, on every slice.
struct Influences: Sendable {
  /// By slice; `nil` where the metric has no value.
  let forms: [JointColumn.Form?]
  private let estimation: Estimation
  private let model: Int

  init(_ estimation: Estimation, _ estimates: MetricEstimates, model: Int) {
    self.estimation = estimation
    self.model = model
    let entry = estimation.estimates.firstIndex {
      $0.model == model && $0.metric.id == estimates.metric.id
    }
    let ranked = estimation.estimates.filter { $0.model == model && $0.metric is any RankedMetric }
    let rank = ranked.firstIndex { $0.metric.id == estimates.metric.id }
    forms = estimates.estimates.indices.map { slice in
      entry.flatMap { estimation.column($0, slice, rank: rank)?.form }
    }
  }

  /// The influence of a row on the slice, which contains it, times the row's weight.
  func influence(_ row: Int, _ slice: Int) -> Double {
    let rows = estimation.plan.rows
    switch forms[slice] {
    case .decisions(let slope):
      let cell = DecisionCounts.cell(label: rows.label(row), decision: rows.decision(model, row))
      return cell.map { slope[$0] * rows.weight(row) } ?? 0
    case .moments(let slope):
      let score = rows.scores[model][row]
      guard !score.isNaN else { return 0 }
      let sums = ScoreMoments.row(score: score, label: rows.label(row))
      return (slope * sums).sum() * rows.weight(row)
    case .ranked(let metric):
      guard let steps = estimation.ranked[model]?[slice].steps, let label = rows.label(row),
        !rows.scores[model][row].isNaN
      else { return 0 }
      return rows.weight(row)
        * steps.influence(score: rows.scores[model][row], label: label, metric: metric)
    case nil: return 0
    }
  }

  /// Of some rows, all in the slice.
  func influences(_ range: Range<Int>, _ slice: Int) -> [Double] {
    let rows = estimation.plan.rows
    guard case .ranked(let metric) = forms[slice] else {
      return range.map { influence($0, slice) }
    }
    guard let steps = estimation.ranked[model]?[slice].steps else {
      return Array(repeating: 0, count: range.count)
    }
    return range.map { row in
      guard let label = rows.label(row), !rows.scores[model][row].isNaN else { return 0 }
      return rows.weight(row)
        * steps.influence(score: rows.scores[model][row], label: label, metric: metric)
    }
  }
}

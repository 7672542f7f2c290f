// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The rows without a group with what each adds to the two sums of a metric of scores.
///
/// A row that adds n above the line and d below raises the ratio N/D if n/d > N/D. So a slice is
/// highest with the rows of the largest n/d, taken one by one as long as they raise the ratio, and
/// lowest with those of the smallest: m rows are sorted once, O(m log m), a slice takes O(log m).
struct MissingBoundsScores: MissingBoundsRows {
  let rows: Double
  let isBetweenParts = true
  private let metric: any ProbabilityMetric
  private let raising: Ladder
  private let lowering: Ladder

  /// - Returns: `nil` without such rows.
  init?(
    _ metric: any ProbabilityMetric, plan: Plan, model: Int, slice: Int, missing: AdditiveTally
  ) {
    // Rows with a score, and with a label where it is needed.
    rows = metric.needsProbability ? missing.rows[2] : missing.rows[0]
    guard rows > 0 else { return nil }
    self.metric = metric
    let steps = plan.slices.cells[slice].flatMap { cell in
      Self.rows(of: cell, plan.rows).compactMap { Self.step($0, metric, plan.rows, model) }
    }
    let order = steps.indices.sorted {
      let (a, b) = (steps[$0].ratio, steps[$1].ratio)
      return a != b ? a > b : $0 < $1
    }
    raising = Ladder(order.map { steps[$0] })
    lowering = Ladder(order.reversed().map { steps[$0] })
  }

  func reach(_ sums: SIMD8<Double>) -> ClosedRange<Double>? {
    let start = Step(above: sums[metric.numerator], below: sums[metric.denominator])
    guard start.below > 0 else { return nil }
    func clipped(_ value: Double) -> Double {
      min(max(value, metric.range.lowerBound), metric.range.upperBound)
    }
    let low = clipped(lowering.climb(from: start) { $0 < $1 })
    let high = clipped(raising.climb(from: start) { $0 > $1 })
    return min(low, high)...high
  }

  /// The distinct rows of a cell: they stand together.
  private static func rows(of cell: Int32, _ rows: DistinctRows) -> Range<Int> {
    let all = 0..<rows.count
    let start = all.partitionPoint { rows.cells[$0] >= cell }
    return start..<all.partitionPoint { rows.cells[$0] > cell }
  }

  private static func step(
    _ row: Int, _ metric: any ProbabilityMetric, _ rows: DistinctRows, _ model: Int
  ) -> Step? {
    let score = rows.scores[model][row]
    guard !score.isNaN else { return nil }
    let weight = rows.weight(row) * rows.multiplicities[row]
    let sums = ScoreMoments.row(score: score, label: rows.label(row)) * weight
    let step = Step(above: sums[metric.numerator], below: sums[metric.denominator])
    return step.above == 0 && step.below == 0 ? nil : step
  }
}

/// What a row, or several, add above and below the line.
private struct Step {
  var above: Double
  var below: Double

  /// Infinite for a row that adds nothing below the line.
  var ratio: Double { above / below }
}

/// Rows in the order in which a slice takes them, with their running sums.
private struct Ladder {
  private let steps: [Step]
  private var sums = [Step(above: 0, below: 0)]

  init(_ steps: [Step]) {
    self.steps = steps
    for (index, step) in steps.enumerated() {
      sums.append(
        Step(above: sums[index].above + step.above, below: sums[index].below + step.below))
    }
  }

  /// The ratio after all steps that improve on the one before; once one does not, none does.
  func climb(from start: Step, improves: (Double, Double) -> Bool) -> Double {
    let taken = steps.indices.partitionPoint {
      let (above, below) = (start.above + sums[$0].above, start.below + sums[$0].below)
      return !improves(steps[$0].above * below, steps[$0].below * above)
    }
    return (start.above + sums[taken].above) / (start.below + sums[taken].below)
  }
}

extension Range<Int> {
  /// The first place where a condition holds that holds from there on, by bisection; else the end.
  fileprivate func partitionPoint(where holds: (Int) -> Bool) -> Int {
    var (low, high) = (lowerBound, upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

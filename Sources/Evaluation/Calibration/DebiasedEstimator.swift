// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import EvenhandParallel

/// The debiased squared calibration error of one model on every slice.
///
/// Not for clustered rows: what chance adds to the squared distance depends on how alike the rows of a
/// cluster are.
struct DebiasedEstimator {
  let plan: Plan
  let model: Int
  let metric: DebiasedSquaredCalibrationError
  let edges: BinEdges
  let order: ScoreOrder
  let parallel: Parallel

  /// What is known of every slice; `nil` where it is undefined. Bins add up over cells: one pass over the rows.
  func calibrations() -> [DebiasedCalibration?] {
    let count = edges.count
    var sums = Array(repeating: BinSums(), count: plan.slices.cellCount * count)
    var bin = 0
    order.forEachLabelled { score, label, cell, weight, rows in
      // Scores ascend.
      while bin < edges.edges.count && score > edges.edges[bin] { bin += 1 }
      sums[cell * count + bin].add(score: score, label: label, weight: weight, rows: rows)
    }
    let ofCells = sums
    return parallel.map(plan.slices.cells) { cells in
      var bins = Array(repeating: BinSums(), count: count)
      for cell in cells {
        for bin in 0..<count { bins[bin].add(ofCells[Int(cell) * count + bin]) }
      }
      return DebiasedCalibrationError.calibration(bins)
    }
  }

  func estimates(_ calibrations: [DebiasedCalibration?]) -> MetricEstimates {
    MetricEstimates(
      metric: metric, model: model, estimates: parallel.map(calibrations, estimate))
  }

  private func estimate(_ calibration: DebiasedCalibration?) -> Estimate {
    guard let calibration else { return .undefined("fewer than 2 labelled rows with a score") }
    let found = calibration.estimate(confidence: plan.configuration.confidence)
    var result = Estimate()
    result.value = found.value
    result.support = calibration.rowCount
    result.denominator = calibration.weight
    result.requireSupport(plan.configuration.minimum, metric)
    result.variance = found.standardError * found.standardError
    result.interval = ReportedInterval(
      low: found.interval.low, high: found.interval.high, level: plan.configuration.confidence,
      method: "inverted_tests")
    return result
  }
}

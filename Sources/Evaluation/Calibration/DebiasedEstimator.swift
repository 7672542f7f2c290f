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
  let samples: SliceSamples
  let parallel: Parallel

  /// What is known of every slice; `nil` where it is undefined.
  func calibrations() -> [DebiasedCalibration?] {
    let table = plan.slices
    let statistic = DebiasedCalibrationError(.edges(edges))
    var result = [DebiasedCalibration?](repeating: nil, count: table.slices.count)
    let contexts = Set(table.contexts).sorted()
    // Contexts first: they are the longest.
    let found = parallel.map(contexts.count + table.groupings.count) {
      item -> [(slice: Int, calibration: DebiasedCalibration?)] in
      guard item >= contexts.count else {
        let sample = samples.sample(cells: table.cells[contexts[item]])
        return [(contexts[item], try? statistic.calibration(sample))]
      }
      let grouping = table.groupings[item - contexts.count]
      let parts = samples.samples(
        partOfCell: grouping.memberOfCell, count: grouping.members.count)
      return zip(grouping.members, parts).map { ($0, try? statistic.calibration($1)) }
    }
    for one in found.joined() { result[one.slice] = one.calibration }
    return result
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

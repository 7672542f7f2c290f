// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics

/// The numbers of one slice's calibration that need no draws.
struct CalibrationEstimates {
  /// With more distinct scores a likelihood interval takes long and equals the studentized one.
  private static let mostProfiled = 20_000

  let plan: Plan
  let sample: CalibrationSample

  private var confidence: Double { plan.configuration.confidence }

  /// As measured, or reckoned where the metric was not asked for.
  func debiased(measured: Estimate?, edges: BinEdges?) -> CalibrationEstimate {
    if let measured { return CalibrationEstimate(measured) }
    guard !plan.rows.isClustered else {
      return CalibrationEstimate(value: nil, interval: nil, reason: "not_available (clustered)")
    }
    guard let edges,
      let found = try? DebiasedCalibrationError(.edges(edges)).calibration(sample)
    else {
      return CalibrationEstimate(
        value: nil, interval: nil, reason: "fewer than 2 labelled rows with a score")
    }
    let estimate = found.estimate(confidence: confidence)
    return CalibrationEstimate(
      value: estimate.value,
      interval: EstimateInterval(
        low: estimate.interval.low, high: estimate.interval.high, level: confidence,
        method: "inverted_tests"))
  }

  /// The coefficient with its likelihood interval; where that is not to be had, with the interval that
  /// its measurement has.
  func coefficient(
    _ coefficient: LikelihoodInterval.Coefficient, like measured: Estimate?
  ) -> CalibrationEstimate {
    if let measured, !plan.rows.isSimple || sample.count > Self.mostProfiled {
      return CalibrationEstimate(measured)
    }
    do throws(Undefined) {
      // Where the slope is not 1 the intercept's model is wrong; small slices are the slope's trouble.
      let isIntercept = coefficient == .intercept
      let found = try LikelihoodInterval(
        coefficient, of: sample, confidence: confidence,
        scaling: isIntercept ? .sandwich : .bartlett)
      return CalibrationEstimate(
        value: measured?.value ?? found.estimate,
        interval: EstimateInterval(
          low: found.interval.low.isFinite ? found.interval.low : nil,
          high: found.interval.high.isFinite ? found.interval.high : nil, level: confidence,
          method: isIntercept ? "sandwich_likelihood" : "bartlett_likelihood"))
    } catch {
      return CalibrationEstimate(value: nil, interval: nil, reason: error.reason)
    }
  }

  /// Errors without a reference, where labels cannot be drawn.
  func errors(edges: BinEdges, without reason: String) -> [CalibrationDistance] {
    ReportedErrors.all(edges: edges).map { statistic in
      do throws(Undefined) {
        return CalibrationDistance(
          id: statistic.id, value: try statistic.value(sample), reason: reason, nullReference: nil)
      } catch {
        return CalibrationDistance(
          id: statistic.id, value: nil, reason: error.reason, nullReference: nil)
      }
    }
  }

  /// The recalibrated rates, without a band.
  var diagram: ReliabilityDiagram? {
    guard let curve = try? ReliabilityCurve(sample) else { return nil }
    return ReliabilityDiagram(
      steps: curve.steps.map {
        ReliabilityStep(low: $0.low, high: $0.high, rate: $0.rate, n: $0.rows)
      }, band: [], level: confidence)
  }

  var spiegelhalter: SpiegelhalterRecord? {
    guard !plan.rows.isClustered, let found = try? SpiegelhalterZ(sample) else { return nil }
    return SpiegelhalterRecord(z: found.z, pValue: found.pValue)
  }

  var brier: BrierParts? {
    (try? BrierDecomposition(sample)).map {
      BrierParts(
        score: $0.brier, miscalibration: $0.miscalibration, discrimination: $0.discrimination,
        uncertainty: $0.uncertainty)
    }
  }
}

extension CalibrationEstimate {
  init(_ measured: Estimate) {
    self.init(
      value: measured.value,
      interval: measured.interval.map {
        EstimateInterval(low: $0.low, high: $0.high, level: $0.level, method: $0.method)
      }, reason: measured.reason ?? measured.intervalReason)
  }
}

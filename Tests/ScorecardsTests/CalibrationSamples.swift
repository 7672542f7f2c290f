// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards

extension Samples {
  /// A slice with all its numbers; the p-values decide what may be said of it.
  static func calibration(
    _ model: String, _ slice: Slice, n: Int, smooth: Double, chance: Double, pValue: Double,
    equalMass: Double = 0.05, debiased: Double = 0.0001
  ) -> SliceCalibration {
    var record = SliceCalibration(model: model, slice: slice, status: .ok)
    record.n = n
    record.positives = n / 4
    record.errors = [
      distance("smooth_calibration_error", smooth, chance, pValue),
      distance("expected_calibration_error", equalMass, chance * 1.5, pValue),
      distance("kernel_calibration_error", 0.000_12, 0.0004, pValue),
    ]
    record.slope = estimate(1.04, 0.95, 1.13, "bartlett_likelihood")
    record.intercept = estimate(-0.152, -0.25, -0.054, "sandwich_likelihood")
    record.debiased = estimate(debiased, debiased, 0.000_345, "inverted_tests")
    record.spiegelhalter = SpiegelhalterRecord(z: -0.75, pValue: 0.4533)
    record.brier = BrierParts(
      score: 0.101, miscalibration: 0.001, discrimination: 0.082, uncertainty: 0.182)
    record.diagram = ReliabilityDiagram(
      steps: [
        .init(low: 0.01, high: 0.2, rate: 0.05, n: 300),
        .init(low: 0.25, high: 0.9, rate: 0.6, n: 12),
      ],
      band: [
        .init(score: 0.01, low: 0, high: 0.04), .init(score: 0.5, low: 0.4, high: 0.6),
        .init(score: 0.9, low: 0.8, high: 1),
      ], level: 0.95)
    return record
  }

  static func distance(
    _ id: String, _ value: Double, _ upper95: Double, _ pValue: Double
  ) -> CalibrationDistance {
    CalibrationDistance(
      id: id, value: value, reason: nil,
      nullReference: NullReference(
        hypothesis: "perfectly calibrated", expected: upper95 * 0.6, upper95: upper95,
        pValue: pValue))
  }

  static func estimate(
    _ value: Double, _ low: Double?, _ high: Double?, _ method: String
  ) -> CalibrationEstimate {
    CalibrationEstimate(
      value: value,
      interval: EstimateInterval(low: low, high: high, level: 0.95, method: method))
  }

  static func regions(_ model: String, adjusted: Double, count: Int = 3) -> MulticalibrationRecord {
    var record = MulticalibrationRecord(
      model: model, status: .ok, critical: 3.61, level: 0.95, size: 242, excluded: 12)
    record.worst = (0..<count).map { place in
      MulticalibrationRegion(
        slice: Slice([
          .init(attribute: "sex", group: "Female"), .init(attribute: "race", group: "White"),
        ]), low: 0.1, high: 0.2, n: 640, meanScore: 0.147, observedRate: 0.09,
        z: -4.2 + Double(place) * 0.01, adjustedPValue: min(1, adjusted * Double(place + 1)))
    }
    return record
  }

  /// The scores of a group of 139 people have by far the largest binned error, and nothing beyond chance
  /// in it: the numbers of Adult's logistic model by race.
  static func trap() -> EvaluationResult {
    var result = Samples.result(attribute: "race", first: "Other", second: "White")
    result.calibration.slices = [
      calibration("credit", .overall, n: 16_561, smooth: 0.0051, chance: 0.0082, pValue: 0.31),
      calibration(
        "credit", group("race", "Other"), n: 139, smooth: 0.0377, chance: 0.0712, pValue: 0.52,
        equalMass: 0.0461, debiased: -0.0037),
      calibration(
        "credit", group("race", "White"), n: 14_161, smooth: 0.0074, chance: 0.0079, pValue: 0.08,
        equalMass: 0.0081),
    ]
    result.calibration.multicalibration = [regions("credit", adjusted: 0.31)]
    return result
  }

  /// With as many steps and errors as large data sets have.
  static func detailed(_ model: String, _ slice: Slice) -> SliceCalibration {
    var record = calibration(model, slice, n: 1234, smooth: 0.05, chance: 0.02, pValue: 0.0001)
    record.errors += [
      "expected_calibration_error_equal_width", "maximum_calibration_error",
      "swept_calibration_error", "calibration_scan", "integrated_calibration_index",
    ].map { distance($0, 0.0123, 0.0456, 0.123) }
    let steps = (0..<60).map { Double($0) / 60 }
    record.diagram?.steps = steps.map {
      ReliabilityStep(low: $0, high: $0 + 0.01, rate: $0 * $0, n: 20)
    }
    record.diagram?.band = steps.map {
      ReliabilityBandPoint(score: $0, low: $0 * $0, high: $0.squareRoot())
    }
    return record
  }
}

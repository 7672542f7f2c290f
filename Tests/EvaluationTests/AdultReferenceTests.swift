// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Testing

/// Every number of Tests/Reference/adult/reference.json: numpy, scikit-learn and statsmodels.
@Suite("Adult against the reference")
struct AdultReferenceTests {
  struct Document: Decodable {
    var models: [String: Model]
  }

  struct Model: Decodable {
    var slices: [SliceReference]
    var clipped: Int
  }

  struct SliceReference: Decodable {
    var slice: [String: String]
    var n: Int
    var counts: [String: Double]
    var values: [String: Double?]
    var wilson: [String: [Double]?]
    var standardErrors: [String: Double?]
  }

  private static let document = Result {
    try Reference.json("adult/reference.json", as: Document.self)
  }

  private func each(
    of result: EvaluationResult? = nil,
    _ body: (String, SliceReference, EvaluationResult) throws -> Void
  ) throws {
    let result = try result ?? Adult.evaluated.get()
    for (name, model) in try Self.document.get().models.sorted(by: { $0.key < $1.key }) {
      #expect(model.slices.count == 24)
      for slice in model.slices { try body(name, slice, result) }
    }
  }

  private func find(
    _ metric: String, _ model: String, _ slice: SliceReference, _ result: EvaluationResult
  ) throws -> SliceMeasurement {
    try #require(
      result.measurement(
        metric, .of(slice.slice), model: metric == "base_rate" ? nil : model))
  }

  @Test("Counts are equal, values agree to 1e-9, undefined is undefined")
  func values() throws {
    let names = ["TP": "true_positives", "FP": "false_positives", "FN": "false_negatives"]
    try each { model, slice, result in
      for (short, name) in names {
        #expect(try find(name, model, slice, result).value == slice.counts[short])
      }
      let hasNegatives = (slice.counts["FP"] ?? 0) + (slice.counts["TN"] ?? 0) > 0
      for (metric, expected) in slice.values where metric != "calibration_slope_intercept" {
        let found = try find(metric, model, slice, result)
        #expect(found.n == slice.n)
        // scikit-learn's average precision of positives alone is 1; here it is undefined.
        if metric == "average_precision" && !hasNegatives { continue }
        #expect(agree(found.value, expected), "\(metric) of \(model) on \(slice.slice)")
        #expect((found.status == .undefined) == (expected == nil))
        #expect((found.reason == nil) == (found.status == .ok))
      }
    }
  }

  @Test("Wilson intervals where the denominator suffices")
  func wilson() throws {
    let evaluated = try Reference.evaluate(
      Adult.path,
      Adult.configuration.with {
        $0.intervals.rate = .wilson
        $0.permutations = 0
      })
    try each(of: evaluated) { model, slice, result in
      for (metric, expected) in slice.wilson {
        let found = try find(metric, model, slice, result)
        guard found.status == .ok, let interval = found.interval else { continue }
        let expected = try #require(expected)
        #expect(interval.method == "wilson" && interval.level == 0.95)
        #expect(
          agree(interval.low, expected[0], within: 1e-12)
            && agree(interval.high, expected[1], within: 1e-12),
          "\(metric) of \(model) on \(slice.slice)")
      }
    }
  }

  @Test("DeLong's variance and the calibration fits' standard errors to 1e-9")
  func standardErrors() throws {
    var compared = 0
    try each { model, slice, result in
      for (metric, expected) in slice.standardErrors where metric != "calibration_slope_intercept" {
        let found = try find(metric, model, slice, result)
        // A perfect ranking has the variance 0; it is smoothed here.
        guard let expected, expected > 0 else { continue }
        // The intercept's is the sandwich, whatever the slope: near the Hessian's where that is near 1.
        if metric == "calibration_intercept" { continue }
        #expect(
          agreeRelatively(found.standardError, expected, within: 1e-8),
          "\(metric) of \(model) on \(slice.slice)")
        compared += 1
      }
    }
    #expect(compared > 75)
  }

  @Test("Female × Other is separated by the boosted model and says so")
  func separated() throws {
    let found = try #require(
      Adult.evaluated.get().measurement(
        "calibration_slope", .of(["sex": "Female", "race": "Other"]), model: "boosted"))
    #expect(found.status == .undefined && found.value == nil && found.interval == nil)
    #expect(found.reason?.hasPrefix("separated") == true)
  }

  @Test("80 clipped probabilities of the logistic model are a warning")
  func clipped() throws {
    let warnings = try Adult.evaluated.get().warnings.filter { $0.code == "clipped_probabilities" }
    #expect(try Self.document.get().models["logistic"]?.clipped == 80)
    #expect(warnings.count == 1)
    #expect(warnings.first?.message.hasPrefix("80 probabilities of logistic") == true)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandSampling
import Foundation
import Testing

/// Calibration by slice, as a scorecard has it.
@Suite("Calibration by slice")
struct SliceCalibrationTests {
  private static let names = [
    "smooth_calibration_error", "expected_calibration_error",
    "expected_calibration_error_equal_width", "maximum_calibration_error",
    "swept_calibration_error", "integrated_calibration_index", "kernel_calibration_error",
    "calibration_scan",
  ]

  /// Group a promises what happens; group b's scores are too high by 0.15.
  private static func rows(_ size: Int, shift: Double = 0.15) -> [Row] {
    var stream = RandomStream(seed: 4, family: 905, replicate: UInt32(size))
    return (0..<2 * size).map { index in
      let (score, isShifted) = (0.2 + 0.6 * stream.uniform(), index % 2 == 1)
      return Row(
        groups: [isShifted ? "b" : "a", index % 4 < 2 ? "x" : "y"],
        label: stream.uniform() < score - (isShifted ? shift : 0),
        score: (score * 1000).rounded() / 1000, decision: score > 0.5)
    }
  }

  private func evaluate(
    _ rows: [Row], _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> EvaluationResult {
    try Evaluator(
      Configuration.scores(depth: 2).with {
        $0.metrics = ["calibration_slope", "debiased_squared_calibration_error"]
        $0.replicates = 100
        $0.labelDraws = 999
        change(&$0)
      }
    ).evaluate(rows.table())
  }

  private func slice(_ result: EvaluationResult, _ group: String?) throws -> SliceCalibration {
    let wanted = group.map { Slice.of(["a": $0]) } ?? .overall
    return try #require(result.calibration.slices.first { $0.slice == wanted })
  }

  @Test("Every error is compared with labels drawn from the scores, and tells the shifted group")
  func errors() throws {
    let result = try evaluate(Self.rows(600))
    #expect(try slice(result, "a").errors.map(\.id) == Self.names)
    for name in Self.names {
      func p(_ group: String) throws -> Double {
        let error = try #require(try slice(result, group).errors.first { $0.id == name })
        let reference = try #require(error.nullReference)
        #expect(reference.expected < reference.upper95, "\(name)")
        return reference.pValue
      }
      // The largest of ten distances says least.
      #expect(try p("b") <= (name.hasPrefix("maximum") ? 0.05 : 0.002), "\(name)")
      // The seed is fixed; the eight are correlated.
      #expect(try p("a") > 0.05, "\(name)")
    }
    let brier = try #require(try slice(result, "b").brier)
    #expect(
      abs(brier.score - (brier.miscalibration - brier.discrimination + brier.uncertainty)) < 1e-12)
    #expect(try #require(try slice(result, "b").spiegelhalter).pValue <= 1)
  }

  @Test("The debiased error's gap is found, and its interval agrees with its p-value")
  func gaps() throws {
    let result = try evaluate(Self.rows(600))
    let gaps = result.gaps.filter { $0.metric == "debiased_squared_calibration_error" }
    #expect(Set(gaps.map(\.kind)) == [.differenceToReference, .maxMinDifference])
    for gap in gaps where gap.attributes == ["a"] && gap.kind == .differenceToReference {
      let (interval, p) = (try #require(gap.interval), try #require(gap.adjustedPValue))
      #expect(p < 0.01)
      #expect(interval.low > 0 || (interval.high ?? 0) < 0)
      // 0.15² = 0.0225 lies within.
      let sign = (gap.value ?? 0) > 0 ? 1.0 : -1
      #expect(interval.low <= sign * 0.0225 && sign * 0.0225 <= interval.high ?? 0)
    }
    for gap in gaps where gap.attributes == ["b"] {
      #expect(try #require(gap.adjustedPValue) > 0.05 && (gap.interval?.low ?? 1) <= 0)
    }
    #expect(gaps.allSatisfy { $0.attributes.count == 1 })
  }

  @Test("Multicalibration names the shifted group's bins and none without its people")
  func multicalibration() throws {
    let found = try #require(try evaluate(Self.rows(600)).calibration.multicalibration.first)
    #expect(found.status == .ok && found.size > 40)
    let critical = try #require(found.critical)
    #expect(critical > 2.5 && critical < 4.5)
    let established = found.worst.filter { $0.adjustedPValue <= 0.05 }
    #expect(established.first?.slice.group(of: "a") == "b")
    #expect(established.allSatisfy { abs($0.z) >= critical - 1e-6 && $0.z < 0 })
    #expect(established.allSatisfy { $0.slice.group(of: "a") != "a" })
  }

  @Test("Neither threads, nor the order of rows, nor counting changes anything")
  func determinism() throws {
    let rows = Self.rows(80)
    let one = try evaluate(rows) { $0.threads = 1 }.calibration
    let other = try evaluate(rows.reversed()) { $0.threads = 3 }.calibration
    #expect(one == other)
    var counted = rows
    for index in counted.indices { counted[index].count = 2 }
    let expanded = try evaluate(rows + rows) { $0.count = Name.count }.calibration
    #expect(try evaluate(counted) { $0.count = Name.count }.calibration == expanded)
    #expect(one.slices.first?.n == 160 && expanded.slices.first?.n == 320)
  }

  @Test("Weights and clusters: what is not to be had says why")
  func weightsAndClusters() throws {
    var rows = Self.rows(100)
    for index in rows.indices { rows[index].weight = index % 3 == 0 ? 2 : 1 }
    let weighted = try evaluate(rows) { $0.weight = Name.weight }
    let overall = try slice(weighted, nil)
    #expect(overall.errors.allSatisfy { $0.nullReference != nil })
    #expect(overall.slope?.interval?.method == "linearised")
    for index in rows.indices { rows[index].weight *= 7 }
    let scaled = try slice(try evaluate(rows) { $0.weight = Name.weight }, nil)
    #expect(agree(scaled.debiased?.value, overall.debiased?.value, within: 1e-12))
    #expect(
      zip(scaled.errors, overall.errors).allSatisfy { agree($0.value, $1.value, within: 1e-9) })
  }

  @Test("Withheld slices show nothing, and figures go with them")
  func suppression() throws {
    var rows = Self.rows(200)
    for index in 0..<6 { rows[index].groups[0] = "small" }
    let result = try evaluate(rows) { $0.suppressBelow = 10 }
    let small = try slice(result, "small")
    #expect(small.status == .suppressed && small.n == nil && small.errors.isEmpty)
    #expect(result.calibration.slices.allSatisfy { $0.diagram == nil })
    #expect(result.calibration.multicalibration.allSatisfy { $0.status == .suppressed })
  }

  @Test("Adult, logistic: the raw error of Other is large, the debiased one negative")
  func other() throws {
    let result = try Adult.evaluated.get()
    func value(_ metric: String, _ group: String) -> Double? {
      result.value(metric, .of(["race": group]), model: "logistic")
    }
    // Computed with numpy from the same bins: 0.04618 and −0.003661 for Other, 0.00767 for White.
    #expect(agree(value("expected_calibration_error", "Other"), 0.04618, within: 5e-6))
    #expect(agree(value("debiased_squared_calibration_error", "Other"), -0.003661, within: 5e-7))
    #expect(agree(value("expected_calibration_error", "White"), 0.00767, within: 5e-6))
    let other = try #require(
      result.calibration.slices.first {
        $0.model == "logistic" && $0.slice == .of(["race": "Other"])
      })
    #expect(other.n == 139)
    for error in other.errors { #expect((error.nullReference?.pValue ?? 0) > 0.1, "\(error.id)") }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandSampling
import EvenhandScorecards
import Testing

/// How often a gate passes, fails and stays open: |gap| ≤ 0.05 at α = 0.05, a majority of 10,000 at
/// 0.30 and a minority at 0.30 − gap.
@Suite("Gates: operating characteristics") struct OperatingCharacteristicsTests {
  struct Design: Sendable {
    var gap: Double
    var n: Int
    /// Passed by the value alone, passed, failed: by the smoothed standard error of normal theory,
    /// from an independent simulation.
    var point: Double
    var pass: Double
    var fail: Double
    /// By how much Newcombe's limits with Student's t may differ from that.
    var slack: Double
  }

  private static let designs = [
    Design(gap: 0, n: 50, point: 0.557, pass: 0, fail: 0.021, slack: 0.02),
    Design(gap: 0, n: 1000, point: 0.999, pass: 0.900, fail: 0, slack: 0.01),
    Design(gap: 0.05, n: 1000, point: 0.499, pass: 0.047, fail: 0.051, slack: 0.01),
    Design(gap: 0.05, n: 5000, point: 0.503, pass: 0.048, fail: 0.050, slack: 0.01),
    Design(gap: 0.08, n: 200, point: 0.154, pass: 0, fail: 0.285, slack: 0.03),
    Design(gap: 0.08, n: 1000, point: 0.017, pass: 0, fail: 0.690, slack: 0.02),
    Design(gap: 0.08, n: 5000, point: 0, pass: 0, fail: 0.991, slack: 0.01),
  ]
  private static let repeats = 6000

  private func card(_ minority: Int, of n: Int, _ majority: Int) -> Scorecard {
    var result = EvaluationResult(
      data: DataRecord(rows: n, used: n, leftOut: [], distinctRows: 4, columns: []))
    result.models = [
      ModelRecord(name: "m", kind: "decision", threshold: nil, lowest: nil, highest: nil)
    ]
    result.attributes = [
      AttributeRecord(name: "sex", groups: ["a", "b"], reference: "b", missing: 0)
    ]
    for (group, selected, total) in [("a", minority, n), ("b", majority, 10_000)] {
      result.slices.append(SliceRecord(slice: Cards.group(group)))
      var item = SliceMeasurement(
        model: "m", metric: "selection_rate", slice: Cards.group(group), n: total)
      (item.numerator, item.denominator) = (Double(selected), Double(total))
      item.value = Double(selected) / Double(total)
      result.measurements.append(item)
    }
    let provenance = Provenance(
      evenhandVersion: "", createdAt: "", inputs: [], seed: 1, replicates: 0, plan: [:],
      linearAlgebra: "", linearAlgebraCore: "", threads: 1, swiftVersion: "")
    return Scorecard(result, configuration: [:], metadata: Metadata(), provenance: provenance)
  }

  @Test func rates() throws {
    var gate = Gate("interval", metric: "selection_rate", gap: .difference)
    gate.over = ["sex"]
    gate.max = 0.05
    var byValue = gate
    byValue.name = "point"
    byValue.on = .point
    var stream = RandomStream(seed: 312, family: 0, replicate: 0)
    for design in Self.designs {
      var (point, pass, fail) = (0, 0, 0)
      for _ in 0..<Self.repeats {
        let minority = Binomial.sample(
          trials: design.n, probability: 0.3 - design.gap, using: &stream)
        let majority = Binomial.sample(trials: 10_000, probability: 0.3, using: &stream)
        let verdicts = try Cards.judge(card(minority, of: design.n, majority), [gate, byValue])
        if verdicts[0].verdict == .pass { pass += 1 }
        if verdicts[0].verdict == .fail { fail += 1 }
        if verdicts[1].verdict == .pass { point += 1 }
      }
      func share(_ count: Int) -> Double { Double(count) / Double(Self.repeats) }
      func error(_ p: Double) -> Double {
        (max(p, 0.0005) * (1 - p) / Double(Self.repeats)).squareRoot()
      }
      print(
        "gap \(design.gap) n \(design.n): point \(share(point)) (\(design.point)), "
          + "pass \(share(pass)) (\(design.pass)), fail \(share(fail)) (\(design.fail))")
      #expect(abs(share(point) - design.point) < 4 * error(design.point) + 0.01)
      #expect(abs(share(pass) - design.pass) < 4 * error(design.pass) + design.slack)
      #expect(abs(share(fail) - design.fail) < 4 * error(design.fail) + design.slack)
      if design.gap == 0.05 {
        // At the limit neither error is more frequent than α.
        #expect(share(pass) <= 0.05 + 2 * error(0.05))
        #expect(share(fail) <= 0.05 + 2 * error(0.05))
      }
    }
  }
}

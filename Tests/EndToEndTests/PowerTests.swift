// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Power") struct PowerTests {
  private static func answer(_ arguments: [String]) throws -> PowerAnswer {
    try Workspace().run(["power"] + arguments + ["--format", "json"]).powerAnswer()
  }

  private static func answer(_ line: String) throws -> PowerAnswer {
    try answer(line.split(separator: " ").map(String.init))
  }

  /// Sizes by R's power.prop.test, epiR and power.t.test; enumerated ones by summation in numpy.
  @Test(
    "rows needed",
    arguments: [
      ("--rates 0.5,0.6", 388, 392), ("--rates 0.10,0.08", 3213, 3213),
      ("--rates 0.30,0.25", 1251, 1252), ("--rate 0.85 --non-inferiority 0.10", 201, 204),
      ("--rates 0.30,0.25 --confidence 0.99 --power 0.9", 2371, 2372),
      ("--rate 0.5 --equivalence 0.1 --confidence 0.9", 429, 430),
      ("--standard-deviation 10 --margin 2", 394, nil),
      ("--standard-deviation 1 --margin 1 --confidence 0.99", 26, nil),
    ] as [(String, Int, Int?)])
  func rows(line: String, formula: Int, planned: Int?) throws {
    let answer = try Self.answer(line)
    #expect(answer.schema == "evenhand.power/1" && answer.request.question == "sample_size")
    let one = try #require(answer.answers.first)
    #expect(one.status == "ok" && one.formula.n == .init(group: formula, reference: formula))
    let n = planned ?? formula
    #expect(one.n == .init(group: n, reference: n))
    #expect((one.exact == nil) == (planned == nil) && (one.exactReason == nil) == (planned != nil))
    #expect(try #require(one.power) >= 0.8)
  }

  @Test("a margin is asked for on both sides")
  func margin() throws {
    let answer = try Self.answer("--rate 0.30 --margin 0.05")
    #expect(answer.answers.compactMap(\.group).map { ($0 * 100).rounded() } == [25, 35])
    #expect(answer.answers.compactMap(\.formula.n?.group) == [1251, 1377])
    #expect(answer.curve.map(\.n.group).contains(try #require(answer.answers[1].n?.group)))
    let edge = try Self.answer("--rate 0.03 --margin 0.05")
    #expect(edge.answers.count == 1)
  }

  @Test("the gap that rows can show")
  func gap() throws {
    // R: power.prop.test(n = 500, p1 = .3, power = .8)$p2
    let answer = try Self.answer("--rate 0.3 --n 500")
    #expect(answer.request.question == "detectable_gap" && answer.answers.count == 2)
    let above = try #require(answer.answers.last)
    #expect(near(above.formula.group, 0.383953864673317, 1e-8))
    let power = try #require(above.exact?.power)
    #expect(above.exact?.method == "newcombe_t" && power >= 0.8 - 1e-9 && power < 0.81)
    // R: power.t.test(n = 20, sd = 10, power = .8)$delta
    let mean = try Self.answer("--standard-deviation 10 --n 20")
    #expect(near(mean.answers.first?.gap, 9.09130127626943, 1e-6))
    let none = try Self.answer("--rate 0.02 --n 30")
    #expect(none.answers[0].status == "undefined" && none.answers[0].group == nil)
    #expect(none.answers[0].reason?.contains("below 0.0200") == true)
  }

  @Test("the power that rows have")
  func power() throws {
    let answer = try Self.answer("--rates 0.5,0.6 --n 388")
    let one = try #require(answer.answers.first)
    #expect(answer.request.question == "power")
    #expect(near(one.exact?.power, 0.7945691536225328, 1e-9))
    // statsmodels' second sample is the reference.
    let unequal = try Self.answer("--rates 0.30,0.25 --n 1500,150")
    #expect(near(unequal.answers.first?.formula.power, 0.2379686441207327, 1e-9))
  }

  @Test("allocation, comparisons and clusters")
  func spread() throws {
    let unequal = try #require(
      try Self.answer("--rates 0.30,0.25 --allocation 10").answers.first)
    #expect(unequal.formula.n == .init(group: 700, reference: 6993))
    let pairs = try Self.answer("--rates 0.30,0.25 --groups 5 --comparisons pairs").request
      .comparisons
    #expect(pairs.count == 10 && near(pairs.critical, 2.7277, 1e-3))
    let reference = try Self.answer("--rates 0.30,0.25 --groups 5").request.comparisons
    #expect(reference.kind == "reference" && reference.count == 4)
    #expect(near(reference.critical, 2.4420, 1e-3))
    let clustered = try #require(
      try Self.answer("--rates 0.30,0.25 --cluster-size 5 --icc 0.1").answers.first)
    let n = try #require(clustered.n?.group)
    #expect(n.isMultiple(of: 5) && clustered.clusters?.group == n / 5)
    #expect((1751...1775).contains(n), "1.4 times 1251, and what t costs")
    #expect(clustered.exactReason?.contains("cluster") == true)
  }

  @Test("a ratio, areas")
  func others() throws {
    let ratio = try #require(try Self.answer("--rate 0.30 --ratio 0.8").answers.first)
    #expect(near(ratio.ratio, 0.8, 1e-12) && ratio.exact?.method == "koopman_t")
    let kept = try #require(try Self.answer("--rates 0.30,0.30 --ratio 0.8").answers.first)
    #expect(kept.formula.n?.group == 736)
    let areas = try Self.answer("--area 0.80 --base-rate 0.5 --n 500")
    #expect(areas.answers.count == 2 && areas.request.test == "area_difference")
  }
}

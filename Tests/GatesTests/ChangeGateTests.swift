// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandInference
import EvenhandScorecards
import Testing

/// Gates on what changes from one model to another.
@Suite("Gates on changes") struct ChangeGateTests {
  /// So many people of a group, and how many of them each model selects; the candidate's are among the
  /// baseline's or the other way round.
  private struct Group {
    var name: String
    var n: Int
    var before: Int
    var after: Int
  }

  private func card(_ groups: [Group], reference: String = "M") throws -> Scorecard {
    let cells = groups.flatMap { group -> [Cards.Agreement] in
      let (fewer, more) = (min(group.before, group.after), max(group.before, group.after))
      return [
        (group.name, true, true, fewer),
        (group.name, group.before > group.after, group.after > group.before, more - fewer),
        (group.name, false, false, group.n - more),
      ]
    }
    return try Cards.change(cells, reference: reference)
  }

  private let gap = "metric: selection_rate\ngap: difference\nof: reference\nover: [sex]\n"

  @Test("A gap that grows on the negative side grows; one that shrinks there does not")
  func sizes() throws {
    let grown = [
      Group(name: "F", n: 1000, before: 300, after: 200),
      Group(name: "M", n: 1000, before: 400, after: 400),
    ]
    var bounds: [Double] = []
    for reference in ["M", "F"] {
      let verdict = try Cards.judge(
        try card(grown, reference: reference), yaml: gap + "change: {max_rise: 0.02}")
      #expect(verdict.verdict == .fail)
      let comparison = try #require(verdict.comparisons.first)
      #expect(abs((comparison.value ?? 0) - 0.1) < 1e-12)
      bounds.append(comparison.bounds?.low ?? .nan)
    }
    // Whichever group is the reference.
    #expect(abs(bounds[0] - bounds[1]) < 1e-12)
    let shrunk = [
      Group(name: "F", n: 1000, before: 300, after: 350),
      Group(name: "M", n: 1000, before: 400, after: 400),
    ]
    #expect(
      try Cards.judge(try card(shrunk), yaml: gap + "change: {max_rise: 0}").verdict == .pass)
  }

  @Test("A gap that changes its sign grows again on the other side")
  func signs() throws {
    let turned = [
      Group(name: "F", n: 4000, before: 1200, after: 2400),
      Group(name: "M", n: 4000, before: 1600, after: 1600),
    ]
    // −0.1 becomes +0.2: a change of +0.3, but of 0.1 in size.
    let verdict = try Cards.judge(try card(turned), yaml: gap + "change: {max_rise: 0.15}")
    #expect(verdict.verdict == .pass)
    #expect(abs((verdict.comparisons[0].value ?? 0) - 0.1) < 1e-12)
    let strict = try Cards.judge(try card(turned), yaml: gap + "change: {max_rise: 0.05}")
    #expect(strict.verdict == .fail)
  }

  @Test("A rate's change is judged by Tango's limits at the gate's own level")
  func rates() throws {
    let groups = [
      Group(name: "F", n: 500, before: 200, after: 190),
      Group(name: "M", n: 500, before: 200, after: 200),
    ]
    let verdict = try Cards.judge(
      try card(groups), yaml: "metric: selection_rate\nchange: {max_drop: 0.02}", alpha: 0.025)
    let found = try #require(verdict.comparisons[0].bounds)
    let expected = PairedProportions(firstOnly: 10, secondOnly: 0, pairs: 1000)
      .interval(confidence: 0.95)
    #expect(abs((found.low ?? 0) - expected.low) < 1e-12)
    #expect(abs((found.high ?? 0) - expected.high) < 1e-12)
    #expect(verdict.verdict == .pass && found.method == "tango_t")
  }

  @Test("Equality passes on the point: 190 of 500 is exactly 0.02 below 200 of 500")
  func equality() throws {
    let groups = [
      Group(name: "F", n: 500, before: 200, after: 190),
      Group(name: "M", n: 500, before: 200, after: 200),
    ]
    let yaml = "metric: selection_rate\nover: [sex]\non: point\nchange: {max_drop: 0.02}"
    #expect(try Cards.judge(try card(groups), yaml: yaml).verdict == .pass)
    let below = yaml.replacing("0.02}", with: "0.0199}")
    #expect(try Cards.judge(try card(groups), yaml: below).verdict == .fail)
  }
}

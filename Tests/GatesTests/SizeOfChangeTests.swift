// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandSampling
import EvenhandScorecards
import Testing

/// How often a gate on the change of a gap's size errs where the size rises by just what is allowed.
@Suite("Gates: the size of a gap at the limit") struct SizeOfChangeTests {
  struct Design: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var n: Int
    /// Selected by both models, by the old one alone, by the new one alone.
    var first: [Double]
    var second: [Double]
  }

  private static let designs = [
    // −0.10 becomes −0.15.
    Design(
      testDescription: "on one side, 600 people a group", n: 600, first: [0.24, 0.06, 0.01],
      second: [0.37, 0.03, 0.03]),
    Design(
      testDescription: "on one side, 100 people a group", n: 100, first: [0.24, 0.06, 0.01],
      second: [0.37, 0.03, 0.03]),
    // −0.03 becomes +0.08: which side the old gap is on is itself unsure.
    Design(
      testDescription: "across zero, 600 people a group", n: 600, first: [0.36, 0.01, 0.12],
      second: [0.37, 0.03, 0.03]),
    // 0 becomes 0.05.
    Design(
      testDescription: "from no gap, 600 people a group", n: 600, first: [0.37, 0.03, 0.08],
      second: [0.37, 0.03, 0.03]),
  ]
  private static let repeats = 600
  private static let policy = """
    metric: selection_rate
    gap: difference
    of: reference
    over: [sex]
    change: {max_rise: 0.05}
    """

  private func card(_ design: Design, _ stream: inout RandomStream) throws -> Scorecard {
    var cells: [Cards.Agreement] = []
    for (name, shares) in [("F", design.first), ("M", design.second)] {
      var (left, rest) = (design.n, 1.0)
      for (decisions, share) in zip([(true, true), (true, false), (false, true)], shares) {
        let count = Binomial.sample(
          trials: left, probability: min(1, share / rest), using: &stream)
        (left, rest) = (left - count, rest - share)
        cells.append((name, decisions.0, decisions.1, count))
      }
      cells.append((name, false, false, left))
    }
    return try Cards.change(cells) {
      $0.replicates = 100
      $0.threads = 1
    }
  }

  @Test("Neither verdict is wrong more often than α", arguments: designs)
  func atTheLimit(design: Design) throws {
    var stream = RandomStream(seed: 613, family: UInt32(design.n), replicate: 0)
    var (passed, failed) = (0, 0)
    for _ in 0..<Self.repeats {
      let verdict = try Cards.judge(card(design, &stream), yaml: Self.policy).verdict
      if verdict == .pass { passed += 1 }
      if verdict == .fail { failed += 1 }
    }
    let (pass, fail) = (
      Double(passed) / Double(Self.repeats), Double(failed) / Double(Self.repeats)
    )
    print("size of a gap at the limit, \(design.testDescription): pass \(pass), fail \(fail)")
    // Three standard errors of a share of 0.05 among so many.
    let noise = 3 * (0.05 * 0.95 / Double(Self.repeats)).squareRoot()
    #expect(pass <= 0.05 + noise)
    #expect(fail <= 0.05 + noise)
  }
}

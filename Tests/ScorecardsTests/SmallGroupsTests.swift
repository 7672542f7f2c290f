// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards
import Foundation
import Testing

/// What a scorecard says of small groups.
@Suite struct SmallGroupsTests {
  private static func result(fit: Double = 0.004) -> EvaluationResult {
    var result = Samples.result()
    var entry = GroupEstimates(
      model: "credit", metric: "selection_rate", attributes: ["sex"], condition: nil, status: .ok)
    entry.target = 0.2
    entry.betweenVariance = 0.01
    entry.goodnessOfFit = GoodnessOfFitRecord(
      statistic: 12.5, degreesOfFreedom: 4, pValue: fit, chiSquaredPValue: 0.014)
    entry.groups = ["Female", "Male"].enumerated().map { place, name in
      GroupEstimate(
        slice: Samples.group("sex", name), denominator: 40 + place, value: 0.15, shrunk: 0.175,
        interval: EstimateInterval(
          low: 0.11, high: 0.24, level: 0.95, method: "empirical_bayes"),
        structured: place == 0 ? nil : 0.1625)
    }
    var bounds = SimultaneousBoundsRecord(
      model: "credit", metric: "selection_rate", condition: nil, status: .ok, level: 0.95)
    bounds.slices = [
      SimultaneousBound(
        slice: Samples.group("sex", "Female"), denominator: 40, difference: -0.125, low: -0.25,
        high: -0.0625, method: "multinomial_bootstrap"),
      SimultaneousBound(
        slice: Samples.group("sex", "Male"), denominator: 41, difference: 0.125, low: -0.03,
        high: 0.25, method: "clopper_pearson_square_and_add"),
    ]
    result.smallGroups.estimates = [entry]
    result.smallGroups.bounds = [bounds]
    return result
  }

  @Test func sentencesAndTable() {
    let text = MarkdownRenderer.render(Document(Samples.scorecard(Self.result())))
    #expect(
      text.contains("Selection rate: of 2 slices 1 is established to differ from everybody"))
    #expect(text.contains("Furthest: Female −0.125 \\[−0.250, −0.0625\\]."))
    #expect(text.contains("| Female | 40 |"))
    #expect(text.contains("0.175 \\[0.110, 0.240\\]"))
    #expect(text.contains("| one attribute |") && text.contains("| 0.163 |"))
  }

  /// A number is said to add something only where that is established.
  @Test(arguments: [(0.004, "yes, beyond chance"), (0.051, "not shown by these data")])
  func crossing(_ p: Double, _ words: String) {
    let text = MarkdownRenderer.render(Document(Samples.scorecard(Self.result(fit: p))))
    #expect(text.contains(words))
    #expect(text.contains("12.5"))
  }

  /// Shrunk values make no gap, no finding and no verdict.
  @Test func nothingIsDecidedByThem() {
    let findings = { (result: EvaluationResult) -> String? in
      let text = MarkdownRenderer.render(Document(Samples.scorecard(result)))
      return text.firstRange(of: "# Small groups").map { String(text[..<$0.lowerBound]) }
    }
    var without = Self.result()
    without.smallGroups.estimates[0].groups[0].shrunk = 0.9
    #expect(findings(Self.result()) == findings(without))
    #expect(findings(without) != nil)
  }

  @Test func roundTripAndOldScorecards() throws {
    let card = Samples.scorecard(Self.result())
    #expect(try Scorecard(json: card.json()) == card)
    let old = try String(decoding: Samples.scorecard(Samples.result()).json(), as: UTF8.self)
    let bare = old.replacing(
      #/"smallGroups"\s*:\s*\{\s*"bounds"\s*:\s*\[\s*\]\s*,\s*"estimates"\s*:\s*\[\s*\]\s*\}\s*,/#,
      with: "")
    #expect(!bare.contains("smallGroups"))
    #expect(try Scorecard(json: Data(bare.utf8)) == Samples.scorecard(Samples.result()))
  }
}

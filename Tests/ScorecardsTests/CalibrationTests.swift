// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards
import Foundation
import Testing

@Suite struct CalibrationTests {
  private let female = Samples.group("sex", "Female")
  private let male = Samples.group("sex", "Male")

  private func scorecard(_ pValues: [Double], regions: Double = 0.5) -> Scorecard {
    var result = Samples.result()
    result.calibration.slices = zip([Slice.overall, female, male], pValues).map {
      Samples.calibration("credit", $0, n: 5483, smooth: 0.0142, chance: 0.0117, pValue: $1)
    }
    result.calibration.multicalibration = [Samples.regions("credit", adjusted: regions)]
    return Samples.scorecard(result)
  }

  /// Holm by hand: two groups with .02 and .03 have 2 · .02 = .04 and max(.04, .03) = .04; with .03 and
  /// .04 both have .06. Everybody's own p-value is in no family.
  @Test(arguments: [
    ([0.001, 0.02, 0.03], [0.04, 0.04], 2), ([0.001, 0.03, 0.04], [0.06, 0.06], 0),
    ([0.9, 0.025, 0.5], [0.05, 0.5], 1),
  ])
  func adjustment(_ pValues: [Double], _ adjusted: [Double], _ established: Int) {
    let card = scorecard(pValues)
    let judgement = CalibrationJudgement(Reading(card), model: "credit")
    #expect(
      zip(judgement.members.map(\.adjustedPValue), adjusted).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(judgement.members.count == 2)
    #expect(judgement.established.count == established)
    let text = MarkdownRenderer.render(Document(card))
    #expect(text.ranges(of: "Miscalibration is established for").count == established)
    #expect(text.contains("No miscalibration detected by sex in") == (established < 2))
  }

  @Test func sentences() {
    let text = MarkdownRenderer.render(Document(scorecard([0.2, 0.004, 0.6])))
    #expect(
      text.contains(
        """
        Miscalibration is established for **Female** (sex) at n = 5,483: smooth calibration error \
        0.0142, where chance reaches 0.0117; adjusted p = 0.008. Scores are too high on the whole: intercept \
        −0.152 \\[−0.250, −0.0540\\].
        """))
    #expect(text.contains("No miscalibration detected by sex in Male at n = 5,483."))
    #expect(
      text.contains(
        """
        Of 242 slice × score-bin regions, the largest |z| is 4.20 (critical 3.61), in \
        **White × Female** at scores in (0.100, 0.200\\], n = 640: mean score 0.147, observed rate \
        0.0900. No region is established to be off.
        """.replacing("|z|", with: "\\|z\\|")))
  }

  /// The bin artefact: the raw error of the small group is five times that of the large one, the
  /// debiased one is negative. Neither group may be named.
  @Test func theSmallestGroupIsNotNamed() throws {
    let card = Samples.scorecard(Samples.trap())
    let text = Samples.renderings(card)
    for output in [text.html, text.markdown, text.terminal] {
      #expect(!output.contains("Miscalibration is established"))
      #expect(output.contains("No miscalibration detected by race in Other at n = 139"))
    }
    #expect(text.html.contains("grow as groups shrink"))
    let section = try #require(Self.section(text.markdown, from: "Calibration in numbers"))
    #expect(section.contains("| Other | 139 (34) |"))
    #expect(section.contains("| −3.70 \\[−3.70, 0.345\\] |"))
    #expect(section.contains("0.0377 chance ≤ 0.0712 | 0.520 (0.520) |"))
  }

  private static func section(_ markdown: String, from title: String) -> String? {
    markdown.firstRange(of: "# \(title)").map { String(markdown[$0.upperBound...]) }
  }

  /// Only what is established over all regions is said to be; more of it may exist than is recorded.
  @Test(arguments: [
    (0.02, 3, "Established to be off: 2 regions."), (0.001, 20, "at least 20 regions."),
    (0.051, 3, "No region is established to be off."),
  ])
  func regions(_ adjusted: Double, _ count: Int, _ words: String) {
    var result = Samples.trap()
    result.calibration.multicalibration = [
      Samples.regions("credit", adjusted: adjusted, count: count)
    ]
    let text = Samples.renderings(Samples.scorecard(result))
    #expect(text.html.contains(words) && text.terminal.contains(words))
    #expect(text.html.contains("12 regions with too few rows, or scores too near 0 or 1, left"))
    let rows = text.markdown.ranges(of: "| White × Female | (0.100, 0.200\\]").count
    #expect(rows == min(count, 12))
    #expect(text.markdown.contains("8 more in scorecard.json.") == (count == 20))
  }

  /// A number that is not there is said in words.
  @Test func whatIsMissingHasItsReason() {
    var result = Samples.trap()
    var small = SliceCalibration(
      model: "credit", slice: Samples.group("race", "Few"), status: .insufficient,
      reason: "fewer than 10 labelled rows with a score (7)")
    (small.n, small.positives) = (7, 1)
    let withheld = SliceCalibration(
      model: "credit", slice: Samples.group("race", "Hidden"), status: .suppressed,
      reason: "withheld: too few people")
    result.calibration.slices += [small, withheld]
    result.calibration.slices[1].slope = CalibrationEstimate(
      value: nil, interval: nil, reason: "separated: no maximum likelihood estimate")
    result.calibration.slices[1].debiased = CalibrationEstimate(
      value: 0.0002, interval: nil, reason: "not_available (clustered)")
    result.calibration.slices[2].intercept = Samples.estimate(0.5, nil, nil, "bartlett_likelihood")
    let text = Samples.renderings(Samples.scorecard(result))
    for words in [
      "too few: fewer than 10 labelled rows with a score (7)", ">withheld",
      "separated: no maximum likelihood estimate", "no interval: not available (clustered)",
      "[−∞, ∞]",
    ] {
      #expect(text.html.contains(words), "\(words)")
    }
    #expect(text.markdown.contains("Not judged: Few (too few: fewer than 10 labelled rows"))
    #expect(text.markdown.contains("Hidden (withheld)"))
  }

  /// Clustered rows: errors are measured, chance is not.
  @Test func withoutDrawnLabelsNobodyIsJudged() {
    var result = Samples.trap()
    for place in result.calibration.slices.indices {
      for error in result.calibration.slices[place].errors.indices {
        result.calibration.slices[place].errors[error].nullReference = nil
        result.calibration.slices[place].errors[error].reason = "not_available (clustered)"
      }
      result.calibration.slices[place].diagram?.band = []
    }
    result.calibration.multicalibration = [
      MulticalibrationRecord(
        model: "credit", status: .notMeasured, reason: "labels cannot be drawn", level: 0.95)
    ]
    let text = Samples.renderings(Samples.scorecard(result))
    #expect(text.terminal.contains("Not judged: Other and White (not available (clustered))."))
    #expect(!text.html.contains("No miscalibration detected"))
    #expect(!text.html.contains("Miscalibration is established for"))
    #expect(text.html.contains("regions: not measured: labels cannot be drawn."))
    #expect(text.html.contains("Reliability diagrams") && !text.html.contains("shaded band"))
  }

  /// Verdicts that numbers cannot give.
  @Test func noVerdict() {
    for card in [scorecard([0.2, 0.004, 0.6], regions: 0.001), Samples.scorecard(Samples.trap())] {
      let text = Samples.renderings(card)
      for output in [text.html, text.markdown, text.terminal] {
        for words in ["well calibrated", "well-calibrated", "is calibrated", "are calibrated"] {
          #expect(!output.lowercased().contains(words), "\(words)")
        }
      }
    }
  }

  /// With the curves the panels of bins go, their table stays; a scorecard without them has the panels.
  @Test func oldScorecardsKeepTheirBins() throws {
    let old = Samples.scorecard(Samples.result())
    let json = try String(decoding: old.json(), as: UTF8.self)
    let bare = json.replacing(
      #/"calibration"\s*:\s*\{\s*"multicalibration"\s*:\s*\[\s*\]\s*,\s*"slices"\s*:\s*\[\s*\]\s*\}\s*,/#,
      with: "")
    #expect(!bare.contains("\"multicalibration\""))
    let read = try Scorecard(json: Data(bare.utf8))
    #expect(read == old)
    let before = HTMLRenderer.render(Document(read))
    #expect(before.contains("Reliability by group") && !before.contains("Calibration by group"))
    let after = HTMLRenderer.render(Document(Samples.scorecard(Samples.trap())))
    #expect(after.contains("Reliability diagrams") && !after.contains("Reliability by group"))
    #expect(after.contains("Reliability: observed rate by mean score of a bin."))
  }

  /// Four models, 150 groups with long names and their pairs, lines with 60 steps.
  @Test func aPageStaysSmallHoweverManyGroups() {
    var card = Samples.crowd(models: 4, attributes: 3, groups: 50)
    for model in card.models.map(\.name) {
      card.calibration.slices += card.slices.map { Samples.detailed(model, $0.slice) }
      card.calibration.multicalibration.append(
        Samples.regions(model, adjusted: 0.001, count: 20))
    }
    let text = Samples.renderings(card)
    #expect(text.html.utf8.count < 500_000)
    #expect(text.markdown.utf8.count < 1_048_576)
    #expect(text.html.contains("136 more in scorecard.json."))
    #expect(text.html.contains("The shaded band is where the line of model 0"))
    #expect(text.terminal.contains("Miscalibration is established as well for"))
  }

  /// The line runs along both ends of each step, the area along the upper limits and back. Places by
  /// hand: x = 34 + 172 · score, y = 8 + 150 · (1 − rate).
  @Test func drawing() {
    let html = HTMLRenderer.render(Document(Samples.scorecard(Samples.trap())))
    #expect(html.contains("M35.7 150.5h32.7l8.6-82.5h111.8"))
    #expect(html.contains("M35.7 152l84.3-84l68.8-60v30l-68.8 60l-84.3 60z"))
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards
import Testing

@Suite struct FindingsTests {
  private let female = Samples.group("sex", "Female")
  private let male = Samples.group("sex", "Male")

  /// Ordered by the bound nearest to no gap, not by the size of the gap; shares before other units.
  @Test func orderIsByWhatIsEstablished() {
    var result = Samples.result()
    result.gaps = [
      Samples.gap("precision", "sex", male, female, 0.5, 0.01...0.9),
      Samples.gap("calibration_slope", "sex", male, female, 3, 2...4),
      Samples.gap("selection_rate", "sex", male, female, 0.2, 0.1...0.3),
      Samples.gap("accuracy", "sex", male, female, 0.9, 0...0.99),
    ]
    let findings = Finding.all(Reading(Samples.scorecard(result)), model: "credit")
    #expect(
      findings.map(\.gap.metric) == [
        "selection_rate", "precision", "calibration_slope", "accuracy",
      ])
    #expect(findings.map(\.bound) == [0.1, 0.01, 2, 0])
    #expect(findings.map(\.isEstablished) == [true, true, true, false])
  }

  /// The bound of a ratio is its distance from 1, of a negative difference its upper end's.
  @Test func bounds() {
    var ratio = Gap(model: nil, metric: "selection_rate", kind: .ratioToReference, attributes: [])
    ratio.value = 0.37
    ratio.interval = ReportedInterval(low: 0.3, high: 0.45, level: 0.95, method: "koopman")
    #expect(abs(Finding(ratio).bound - 0.55) < 1e-12)
    var signed = Gap(model: nil, metric: "accuracy", kind: .differenceToReference, attributes: [])
    signed.value = -0.2
    signed.interval = ReportedInterval(low: -0.3, high: -0.125, level: 0.95, method: "max_t")
    #expect(Finding(signed).bound == 0.125)
    signed.status = .insufficient
    #expect(!Finding(signed).isEstablished)
  }

  @Test func sentences() {
    let text = MarkdownRenderer.render(Document(Samples.scorecard(Samples.result())))
    #expect(
      text.contains(
        """
        Selection rate of **Female** is 0.0963 \\[0.0883, 0.105\\], 0.370 times that of **Male** \
        (0.260 \\[0.252, 0.268\\]); n = 5,483 and 11,078.
        """))
    #expect(text.contains("No gap above 0.0500 detected in precision, among 2 groups of sex."))
    #expect(
      text.contains(
        """
        By sex these data would show, four times out of five, a gap of 0.0345 in selection rate and \
        0.0345 in precision.
        """))
    #expect(text.contains("2 comparisons made in 2 families"))
    #expect(text.contains("base rates 0.112 and 0.307"))
  }

  @Test(arguments: [
    ("positive", "at a disadvantage: Female"), ("negative", "at a disadvantage: Male"),
  ])
  func favorableDecidesWhoIsAtADisadvantage(_ favorable: String, _ words: String) {
    let card = Samples.scorecard(Samples.result(), favorable: favorable)
    #expect(HTMLRenderer.render(Document(card)).contains(words))
  }

  @Test func unstatedIsNeutral() {
    let text = HTMLRenderer.render(Document(Samples.scorecard(Samples.result())))
    #expect(!text.contains("at a disadvantage:"))
    #expect(text.contains("flagged positive"))
    #expect(!text.contains("people who are selected"))
  }

  @Test func excludedSlicesAreNamed() {
    var result = Samples.result()
    result.gaps[0].excluded = [
      Exclusion(
        slice: Samples.group("sex", "Other"), denominator: 4,
        reason: "rests on 4 labelled rows selected")
    ]
    let text = Samples.renderings(Samples.scorecard(result))
    #expect(text.terminal.contains("Left out as too few, by sex: Other (precision: 4 labelled"))
    #expect(text.html.contains("Slices left out of comparisons"))
  }
}

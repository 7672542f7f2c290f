// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards
import Testing

@Suite struct RenderingTests {
  static let hostile: [String] = [
    "<script>alert(1)</script>", "\"\u{301} onmouseover=alert(1) x=\"", "a|b", "`rm -rf`",
    "first\nsecond\r\n# third", "\u{202E}evil\u{202C}\u{2066}x\u{2069}\u{200F}",
    String(repeating: "x", count: 10_000), "\u{1B}[31mred\u{07}", "</style></title></svg>",
    "'><img src=x onerror=alert(1)>", "--> <!--", "javascript:alert(1)", "[a](http://b)", "",
    "@everyone #1 ~~x~~ **b**", "\u{0}\u{7F}\u{85}\u{2028}", "||||", "\\", "<!--", "&#60;b&#62;",
  ]

  @Test(arguments: hostile)
  func hostileLabels(_ label: String) {
    var result = Samples.result(
      model: label + "m", attribute: label + "a", first: label, second: label + "2")
    result.warnings.append(Warning("x", label))
    result.data.leftOut[0].reason = label
    result.measurements[3].status = .insufficient
    result.measurements[3].reason = label
    var card = Samples.scorecard(result)
    card.metadata.system = label
    card.metadata.intendedUse = label
    card.provenance.inputs[0].name = label
    card.configuration[label + "key"] = .text(label)
    let text = Samples.renderings(card)

    for token in ["<script", "<img", "<a href=\"javascript", "<!doctype html><"] {
      #expect(!contains(text.html, token) && !contains(text.markdown, token), "\(token)")
    }
    // In the page no quotation mark of a label is left that could end an attribute.
    for token in ["\"\u{301}", "\" onmouseover", "'><"] {
      #expect(!contains(text.html, token), "\(token)")
    }
    // Only the page's own markup: as many style and title elements as without labels.
    let plain = Samples.renderings(Samples.scorecard(Samples.result())).html
    #expect(occurrences(of: "</style>", in: text.html) == 1)
    #expect(occurrences(of: "<svg", in: text.html) == occurrences(of: "<svg", in: plain))
    for output in [text.html, text.markdown, text.terminal] {
      let concealed = output.unicodeScalars.filter { $0 != "\n" && Visible.isConcealed($0) }
      #expect(concealed.isEmpty)
    }
    #expect(!text.html.isEmpty && text.html.utf8.count < 500_000)
    tablesAreRectangular(text.markdown)
  }

  /// Every row of a table has as many cells as its head, whatever is in them.
  private func tablesAreRectangular(_ markdown: String) {
    var width: Int?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        width = nil
        continue
      }
      let bars = line.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" }
      #expect(width == nil || width == bars, "\(line.prefix(200))")
      width = bars
    }
  }

  /// By scalars: a comparison of characters would not find a sign with an accent.
  private func contains(_ text: String, _ token: String) -> Bool {
    Array(text.utf8).firstRange(of: Array(token.utf8)) != nil
  }

  private func occurrences(of token: String, in text: String) -> Int {
    text.ranges(of: token).count
  }

  @Test func longNamesAreCutAndListed() {
    let names = [
      String(repeating: "y", count: 200) + "1", String(repeating: "y", count: 200) + "2",
    ]
    let card = Samples.scorecard(Samples.result(first: names[0], second: names[1]))
    let labels = Labels(card)
    #expect(labels[names[0]].unicodeScalars.count == 80)
    #expect(labels[names[0]] != labels[names[1]])
    let text = Samples.renderings(card)
    for name in names { #expect(text.html.contains(name) && text.markdown.contains(name)) }
    #expect(text.html.contains("Full names"))
    #expect(!text.terminal.contains(names[0]))
  }

  /// Figures are Markdown's only loss: the numbers of all tables are the same, in the same order.
  @Test func markdownHasTheNumbersOfThePage() {
    let text = Samples.renderings(Samples.scorecard(Samples.result()))
    let page = text.html.replacing(#/<svg.*?<\/svg>/#.dotMatchesNewlines(), with: "")
    let cells = page.matches(of: #/<td[^>]*>([^\n]*?)(?=<td|\n)/#).map { match in
      numbers(String(match.1).replacing(#/<[^>]*>/#, with: " ").replacing("&lt;", with: "<"))
    }.filter { !$0.isEmpty }
    let lines = text.markdown.split(separator: "\n")
    // All rows but the heads, which stand above a rule.
    let rows = zip(lines, lines.dropFirst()).filter {
      $0.hasPrefix("| ") && !$0.hasPrefix("| ---") && !$1.hasPrefix("| ---")
    }.map(\.0)
    let plain = rows.flatMap { row in
      row.replacing("\\[", with: "[").replacing("\\]", with: "]").replacing("&lt;", with: "<")
        .split(separator: " | ").dropFirst().map { numbers(String($0)) }
    }.filter { !$0.isEmpty }
    #expect(cells.count > 40)
    #expect(cells == plain)
  }

  private func numbers(_ text: String) -> [String] {
    text.matches(of: #/[−<>]?[0-9][0-9,.]*/#).map { String($0.0) }
  }

  @Test func structureOfThePage() throws {
    let html = HTMLRenderer.render(Document(Samples.scorecard(Samples.result())))
    var last = 0
    for match in html.matches(of: #/<h([1-6])>/#) {
      let level = Int(match.1) ?? 0
      #expect(level <= last + 1)
      last = level
    }
    #expect(html.ranges(of: "<h1>").count == 1)
    let order = [
      "evaluated", "findings", "gaps", "metrics", "glance", "reliability", "roc", "scores", "data",
      "definitions", "provenance", "limits",
    ]
    let places = order.compactMap { html.firstRange(of: "<section id=\"\($0)\">")?.lowerBound }
    #expect(places.count == order.count)
    #expect(places == places.sorted())
    for forbidden in ["<script", "http://", "https://", "url(", "@import", " style=", " src="] {
      #expect(!html.contains(forbidden), "\(forbidden)")
    }
    #expect(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"))
    let tables = html.ranges(of: "<table").count
    #expect(tables > 5)
    #expect(html.ranges(of: "<caption>").count == tables)
    let images = html.matches(of: #/<svg ([^>]*)>(<title>[^<]+<\/title>)?/#)
    #expect(images.count > 15)
    for image in images {
      for name in [" height=", "width="] { #expect(image.1.contains(name)) }
      // Read aloud under its title, or not at all.
      #expect(image.1.contains("role=\"img\"") == (image.2 != nil))
      #expect(image.1.contains("aria-hidden=\"true\"") == (image.2 == nil))
    }
    let ids = html.matches(of: #/ id="([^"]+)"/#).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    let used = html.matches(of: #/<use href="#([^"]+)"/#).map { String($0.1) }
    #expect(used.count > 15 && Set(used).isSubset(of: ids))
    // No drawing is hidden with a folded part that holds it.
    let main = try #require(html.firstRange(of: "<main"))
    #expect(!html[main.lowerBound...].contains("<defs>"))
  }

  @Test func sameInputSameBytes() throws {
    let card = Samples.scorecard(Samples.result())
    let again = try Scorecard(json: card.json())
    #expect(Samples.renderings(card) == Samples.renderings(again))
  }

  /// Words that claim more than numbers can.
  @Test(arguments: ["positive", "negative", "unstated"])
  func forbiddenWords(_ favorable: String) {
    let text = Samples.renderings(Samples.scorecard(everyMetric(), favorable: favorable))
    for output in [text.html, text.markdown, text.terminal] {
      let words = output.lowercased().matches(of: #/[a-z]+/#).map { String($0.0) }
      for word in ["fair", "unfair", "unbiased", "biased", "compliant", "compliance", "passes"] {
        #expect(!words.contains(word), "\(word)")
      }
    }
  }

  /// All metrics of the catalogue, so that all definitions are printed.
  private func everyMetric() -> EvaluationResult {
    var result = Samples.result()
    for metric in Samples.everyMetric {
      result.measurements.append(
        Samples.measurement("credit", metric, .overall, 0.5, 0.4, 0.6, n: 16_561))
    }
    return result
  }

  @Test func emptyScorecards() {
    var result = EvaluationResult(
      data: DataRecord(rows: 0, used: 0, leftOut: [], distinctRows: 0, columns: []))
    let bare = Samples.renderings(Samples.scorecard(result))
    #expect(bare.html.contains("What this does not show"))
    #expect(bare.terminal.contains("0 rows"))
    result.models = [
      ModelRecord(name: "rule", kind: "decision", threshold: nil, lowest: nil, highest: nil)
    ]
    let one = Samples.renderings(Samples.scorecard(result))
    #expect(one.html.contains("decisions as given"))
    #expect(one.html.contains("No gap between groups is established."))
    #expect(one.markdown.contains("not stated"))
  }

  /// A number that is not there is said in words, never left empty and never 0.
  @Test(arguments: [
    (Status.insufficient, "rests on 4 positives", "too few: rests on 4 positives"),
    (.insufficient, "too few: 4 positives", "too few: 4 positives"),
    (.undefined, "no negatives", "undefined: no negatives"),
    (.notMeasured, "no scores", "not measured: no scores"), (.suppressed, "small", "withheld"),
  ])
  func statuses(_ status: Status, _ reason: String, _ words: String) {
    var result = Samples.result()
    result.measurements[3].status = status
    result.measurements[3].reason = reason
    result.measurements[3].value = nil
    result.measurements[3].interval = nil
    let text = Samples.renderings(Samples.scorecard(result))
    #expect(text.html.contains(">\(words)"))
    #expect(text.markdown.contains("| \(words)"))
  }

  /// What is withheld stays so although the scorecard might hold it.
  @Test func insufficientShowsItsFraction() {
    var result = Samples.result()
    result.measurements[3].status = .insufficient
    result.measurements[3].reason = "too few: 4 positives"
    result.measurements[3].numerator = 3
    result.measurements[3].denominator = 4
    #expect(Samples.renderings(Samples.scorecard(result)).html.contains("3/4"))
    result.measurements[3].status = .suppressed
    #expect(!Samples.renderings(Samples.scorecard(result)).html.contains("3/4"))
  }

  @Test func aPageStaysSmallHoweverManyGroups() {
    let text = Samples.renderings(Samples.crowd(models: 4, attributes: 3, groups: 50))
    #expect(text.html.utf8.count < 500_000)
    #expect(text.markdown.utf8.count < 1_048_576)
    #expect(text.html.contains("more in scorecard.json"))
  }
}

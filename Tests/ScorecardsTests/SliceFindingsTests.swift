// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards
import Foundation
import Testing

@Suite struct SliceFindingsTests {
  /// A slice of 312 rows at 0.24 against 0.13 in the rest.
  private func slice(
    _ predicates: [(String, String)], status: FoundSlice.Status = .established, n: Int = 312
  ) -> FoundSlice {
    var slice = FoundSlice(
      predicates: predicates.map { FoundPredicate(column: $0.0, value: $0.1) }, status: status,
      n: n, meanError: 0.24, restN: 10_000 - n, restMeanError: 0.13, statistic: 5.5,
      pValue: 0.001, adjustedPValue: status == .established ? 0.003 : 0.4,
      benjaminiHochberg: 0.002, benjaminiYekutieli: 0.015)
    slice.interval = ReportedInterval(
      low: 0.19, high: 0.298, level: 0.95, method: "wilson",
      family: Family(id: "slices/worse", size: 1240, critical: 4.1))
    slice.differenceInterval = ReportedInterval(
      low: 0.06, high: 0.17, level: 0.95, method: "newcombe",
      family: Family(id: "slices/worse", size: 1240, critical: 4.1))
    slice.score = 0.31
    return slice
  }

  private func report(
    _ slices: [FoundSlice], columns: [SearchedColumn] = [], input: String = "people.csv"
  ) -> SliceReport {
    let standing = slices.count(where: \.isEstablished)
    let search = SliceSearch(
      direction: .worse, meanError: 0.133, familySize: 1240, familyByDepth: [12, 228, 1000],
      critical: 4.1, establishedCount: standing + slices.reduce(0) { $0 + $1.foldedCount },
      standingCount: standing, slices: slices)
    let findings = SliceFindings(
      model: "credit", target: "error",
      data: SearchData(
        rows: 10_020, searched: 10_000, heldOut: 0,
        leftOut: [LeftOut(reason: "no label", rows: 20)]),
      columns: columns.isEmpty
        ? [SearchedColumn(name: "sex", cut: .values, values: ["F", "M"], missing: 3)] : columns,
      settings: SearchSettings(
        depth: 3, minimum: 100, alpha: 0.95, confidence: 0.95, replicates: 999, top: 10),
      searches: [search])
    var provenance = Samples.provenance
    provenance.inputs[0].name = input
    return SliceReport(
      findings, configuration: ["search": .list([.text("sex")])], provenance: provenance)
  }

  private func html(_ report: SliceReport) -> String { HTMLRenderer.render(Document(report)) }

  @Test func sentenceOfAnEstablishedSlice() {
    let document = Document(report([slice([("education", "HS-grad"), ("sex", "F")])]))
    for text in [
      TerminalRenderer(width: 1000).render(document),
      MarkdownRenderer.render(document).replacing("**", with: "").replacing("\\", with: ""),
    ] {
      #expect(
        text.contains(
          """
          Among rows with education = HS-grad and sex = F (n = 312) the error rate is 0.240 \
          [0.190, 0.298], against 0.130 in the rest; adjusted p 0.003 among 1,240 slices.
          """), "\(text)")
    }
  }

  @Test func nothingEstablishedIsSaid() {
    let page = html(report([slice([("sex", "F")], status: .notEstablished)]))
    #expect(page.contains("No slice is established"))
    #expect(page.contains("Largest, not established"))
    #expect(!page.contains("id=\"tree\""))
    #expect(!page.contains("id=\"established\""))
  }

  /// The words that no document of this project says.
  @Test func wording() {
    var one = slice([("sex", "F")])
    one.holdout = HoldoutRecord(
      status: "no_rows", n: 0, meanError: nil, restN: 50, restMeanError: 0.1, difference: nil,
      interval: nil, pValue: nil, adjustedPValue: 1)
    let text = html(report([one])).lowercased()
    let body = text[(text.range(of: "<main")?.lowerBound ?? text.startIndex)...]
    for word in ["fair", "unbiased", "compliant"] { #expect(!body.contains(word), "\(word)") }
    #expect(body.contains("exploration"))
  }

  /// A branch names what it adds to the slice above; folded slices are hollow.
  @Test func treeOfSlices() {
    var general = slice([("sex", "F")], n: 3000)
    general.folded = [
      FoldedRecord(
        predicates: [.init(column: "age", value: "≥65"), .init(column: "sex", value: "F")], n: 400,
        meanError: 0.25, reason: .addsNothing, value: 0.7),
      FoldedRecord(
        predicates: [.init(column: "role", value: "wife")], n: 2950, meanError: 0.24,
        reason: .sameRows, value: 0.97),
    ]
    general.foldedCount = 7
    var part = slice([("race", "B"), ("sex", "F")])
    part.refines = 0
    let page = html(report([general, part]))
    for label in [
      ">sex = F<", ">+ race = B<", ">+ age = ≥65<", ">≈ role = wife<", ">5 more folded into it<",
    ] {
      #expect(page.contains(label), "\(label)")
    }
    #expect(page.ranges(of: "<rect").count == 4)
    #expect(
      page.ranges(of: "<rect").count - page.ranges(of: "height=\"10\" fill=\"none\"").count == 2)
    #expect(page.contains("97.0 % of the rows of either are common"))
  }

  @Test(arguments: RenderingTests.hostile)
  func hostileNames(_ label: String) {
    func established(_ column: String, _ value: String) -> SliceReport {
      var one = slice([(column, value)])
      one.folded = [
        FoldedRecord(
          predicates: [.init(column: column, value: value), .init(column: "z", value: value)], n: 9,
          meanError: 0.5, reason: .sameRows, value: 0.99)
      ]
      one.foldedCount = 1
      let searched = SearchedColumn(name: column, cut: .values, values: [value], missing: 0)
      return self.report([one], columns: [searched], input: value)
    }
    let report = established(label + "c", label)
    let document = Document(report)
    let page = HTMLRenderer.render(document)
    let plain = html(established("c", "v"))
    for token in ["<script", "<img", "<a href=\"javascript", "\"\u{301}", "\" onmouseover", "'><"] {
      #expect(Array(page.utf8).firstRange(of: Array(token.utf8)) == nil, "\(token)")
    }
    #expect(page.ranges(of: "</style>").count == 1)
    #expect(page.ranges(of: "<svg").count == plain.ranges(of: "<svg").count)
    #expect(page.ranges(of: "<text").count == plain.ranges(of: "<text").count)
    #expect(page.utf8.count < 500_000)
    for output in [
      page, MarkdownRenderer.render(document), TerminalRenderer(width: 100).render(document),
    ] {
      let concealed = output.unicodeScalars.filter { $0 != "\n" && Visible.isConcealed($0) }
      #expect(concealed.isEmpty)
    }
  }

  /// The page stays small whatever was searched: 100 slices, 50 folded into each, 200 columns.
  @Test func boundedRows() {
    let slices = (0..<100).map { number in
      var one = slice([("column \(number)", "value")])
      one.folded = (0..<50).map {
        FoldedRecord(
          predicates: [.init(column: "c\($0)", value: "v\(number)")], n: 400, meanError: 0.25,
          reason: .addsNothing, value: 0.5)
      }
      one.foldedCount = 1000
      return one
    }
    let columns = (0..<200).map { number in
      SearchedColumn(
        name: "column \(number)", cut: .values, values: (0..<900).map { "value \($0)" }, missing: 0)
    }
    let page = html(report(slices, columns: columns))
    #expect(page.utf8.count < 500_000, "\(page.utf8.count)")
    #expect(page.contains("140 more columns in slices.json"))
    #expect(page.contains("998 more folded into it"))
  }

  @Test func jsonReadsBack() throws {
    var one = slice([("sex", "F")])
    one.holdout = HoldoutRecord(
      status: "ok", n: 90, meanError: 0.2, restN: 900, restMeanError: 0.1, difference: 0.1,
      interval: ReportedInterval(low: 0.02, high: 0.2, level: 0.95, method: "newcombe"),
      pValue: 0.004, adjustedPValue: 0.008)
    let report = report([one, slice([("sex", "M")], status: .notEstablished)])
    let bytes = try report.json()
    #expect(try SliceReport(json: bytes) == report)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasSuffix("}\n"))
    // Keys are never absent: the second slice has no held-out estimate, and says so.
    #expect(text.contains("\"holdout\":null") && text.contains("\"refines\":null"))
    #expect(text.contains("\"schema\":\"evenhand.slices/1\""))
  }
}

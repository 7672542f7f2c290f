// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// A slice search as its document reads it: names as they are shown, words that depend on the target.
struct SliceReading: Sendable {
  let report: SliceReport
  let labels: Labels

  init(_ report: SliceReport) {
    self.report = report
    let findings = report.findings
    var names = findings.columns.flatMap { [$0.name] + $0.values }
    names += [findings.model, findings.lossColumn].compactMap { $0 }
    names += report.provenance.inputs.map(\.name)
    labels = Labels(names)
  }

  var findings: SliceFindings { report.findings }
  var settings: SearchSettings { findings.settings }

  /// `95 %`
  var level: String { Format.level(settings.confidence) }

  /// Up to which adjusted p-value a slice is established: `0.05`.
  var alpha: String {
    (((1 - settings.confidence) * 1e6).rounded() / 1e6).description
  }

  /// What is measured: `error rate`.
  func measure(_ search: SliceSearch) -> String {
    switch (findings.target, search.direction) {
    case (_, .scoresTooHigh): "mean score − label"
    case (_, .scoresTooLow): "mean label − score"
    case ("loss", _): "mean \(findings.lossColumn.map { labels[$0] } ?? "loss")"
    case ("error", _): "error rate"
    default: Format.words(Visible.spelledOut(findings.target))
    }
  }

  /// The rows that count: `rows`, `rows with a negative label`.
  var rows: String {
    switch findings.target {
    case "false_positive_rate": "rows with a negative label"
    case "false_negative_rate": "rows with a positive label"
    default: "rows"
    }
  }

  /// `rows with sex = Female`, `rows with a negative label and sex = Female`
  func among(_ predicates: [FoundPredicate]) -> RichText {
    "\(rows) \(rows == "rows" ? "with" : "and") \(strong: name(predicates))"
  }

  /// The heading of a search among several.
  func title(_ search: SliceSearch) -> String {
    switch search.direction {
    case .worse: "Slices"
    case .scoresTooHigh: "Scores too high"
    case .scoresTooLow: "Scores too low"
    }
  }

  /// `sex = Female and race = Black`
  func name(_ predicates: [FoundPredicate]) -> String {
    Format.list(predicates.map { "\(labels[$0.column]) = \(labels[$0.value])" })
  }

  func number(_ value: Double) -> String { Format.number(value) }

  func interval(_ interval: ReportedInterval?) -> String {
    interval.map { Format.interval($0.low, $0.high) } ?? ""
  }

  /// `0.003`, `<0.001`
  func pValue(_ value: Double) -> String {
    Format.pValue(value).replacing("p = ", with: "").replacing("p < ", with: "<")
  }

  /// One block for a search alone, a section for each of several.
  func perSearch(_ id: String, _ blocks: (SliceSearch) -> [Block]) -> [Block] {
    let parts = findings.searches.map { ($0, blocks($0)) }.filter { !$0.1.isEmpty }
    guard findings.searches.count > 1 else { return parts.flatMap(\.1) }
    return parts.map { search, blocks in
      let anchor = search.direction.rawValue.replacing("_", with: "-")
      return .section(
        Section("\(id)-\(anchor)", title(search), inSummary: true, blocks))
    }
  }
}

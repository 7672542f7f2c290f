// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The findings as Markdown tables: for each kind the defaults scenario by scenario, the methods by
/// request in one row each, and every scenario in which one of those falls short.
package struct Tables {
  private let findings: Findings

  package init(_ findings: Findings) { self.findings = findings }

  package var markdown: String {
    ([exceptions] + StudyKind.allCases.flatMap(sections)).joined(separator: "\n\n")
  }

  /// Every default that does not keep its promise, by name.
  private var exceptions: String {
    let standard = findings.rows.filter { $0.claim.role == .standard }
    let broken = standard.filter { $0.verdict != .holds }
    let kept = "\(standard.count - broken.count) of \(standard.count) defaults hold"
    guard !broken.isEmpty else { return kept + "." }
    let list = broken.map { row in
      let measured =
        row.verdict == .absent
        ? "\(Self.percent(row.absence)) without an interval"
        : row.isTest ? Self.percent(row.errors) : Self.percent(row.coverage)
      return "- \(row.claim.number), `\(row.claim.method)`, \(row.scenario): "
        + "**\(row.verdict.rawValue)** (\(measured))"
    }
    return "\(kept). The others:\n\n" + list.joined(separator: "\n")
  }

  private func sections(_ kind: StudyKind) -> [String] {
    let standard = findings.rows(kind) { $0.claim.role == .standard }
    let others = findings.rows(kind) { $0.claim.role != .standard }
    guard !standard.isEmpty else { return [] }
    var result = ["### \(kind.title)", kind == .tests ? tests(standard) : defaults(kind, standard)]
    if !others.isEmpty {
      result += ["By request, and for comparison:", summaries(kind, others)]
    }
    let short = others.filter { $0.verdict != .holds && $0.claim.role == .offered }
    if !short.isEmpty {
      result += ["Where methods by request fall short or often give none:", shortfalls(short)]
    }
    return result
  }

  private func defaults(_ kind: StudyKind, _ rows: [StudyRow]) -> String {
    let width = kind.takesMedianWidth ? "median width" : "mean width"
    var lines = [
      "| scenario | number | method | data sets | coverage | at least | \(width) | relative "
        + "| verdict |",
      "|---|---|---|--:|--:|--:|--:|--:|---|",
    ]
    for row in rows {
      lines.append(
        Self.line([
          row.scenario, row.claim.number, Self.code(row), row.dataSetsText,
          Self.percent(row.coverage), Self.required(row), Self.number(row.width),
          Self.ratio(row.relativeWidth), row.verdictText,
        ]))
    }
    return lines.joined(separator: "\n")
  }

  private func tests(_ rows: [StudyRow]) -> String {
    var lines = [
      "| scenario | hypothesis | test | data sets | rejected | at most | verdict |",
      "|---|---|---|--:|--:|--:|---|",
    ]
    for row in rows {
      lines.append(
        Self.line([
          row.scenario, row.claim.number, row.claim.method, row.dataSetsText,
          Self.percent(row.errors), Self.percent(StudyRow.level), row.verdictText,
        ]))
    }
    return lines.joined(separator: "\n")
  }

  /// One row a method: in how many scenarios it holds, and where it covers least.
  private func summaries(_ kind: StudyKind, _ rows: [StudyRow]) -> String {
    var lines = [
      "| method | number | holds in | lowest coverage | where | relative width | none in at most |",
      "|---|---|--:|--:|---|--:|--:|",
    ]
    for claim in rows.map(\.claim).uniqued() {
      let own = rows.filter { $0.claim == claim && $0.dataSets > 0 }
      guard let lowest = own.min(by: { $0.coverage < $1.coverage }) else { continue }
      let widths = own.compactMap(\.relativeWidth).filter(\.isFinite).sorted()
      let range =
        widths.isEmpty
        ? "" : "\(Self.ratio(widths.first))–\(Self.ratio(widths.last))"
      lines.append(
        Self.line([
          Self.code(lowest), claim.number, "\(own.count { $0.verdict == .holds }) of \(own.count)",
          Self.percent(lowest.coverage), lowest.scenario, range,
          own.map(\.absence).max().map { $0 > 0 ? Self.percent($0) : "" } ?? "",
        ]))
    }
    return lines.joined(separator: "\n")
  }

  private func shortfalls(_ rows: [StudyRow]) -> String {
    var lines = [
      "| scenario | number | method | coverage | at least | none in |",
      "|---|---|---|--:|--:|--:|",
    ]
    for row in rows {
      lines.append(
        Self.line([
          row.scenario, row.claim.number, Self.code(row), Self.percent(row.coverage),
          Self.required(row), row.absent == 0 ? "" : Self.percent(row.absence),
        ]))
    }
    return lines.joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  /// A method's id in code, words as they are.
  private static func code(_ row: StudyRow) -> String {
    row.claim.role == .comparison ? row.claim.method : "`\(row.claim.method)`"
  }

  private static func required(_ row: StudyRow) -> String {
    row.isHard ? "93 % (hard)" : percent(row.required).replacing(".0 %", with: " %")
  }

  static func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }

  private static func ratio(_ value: Double?) -> String {
    value.map { $0.isFinite ? String(format: "%.2f", $0) : "∞" } ?? ""
  }

  private static func number(_ value: Double) -> String {
    value.isFinite ? String(format: value < 0.1 ? "%.4f" : "%.3f", value) : "∞"
  }
}

extension StudyRow {
  /// How many gave an interval, and in how many there was none.
  fileprivate var dataSetsText: String {
    absent == 0 ? "\(dataSets)" : "\(dataSets), none in \(absent)"
  }

  fileprivate var verdictText: String { verdict == .holds ? "holds" : "**\(verdict.rawValue)**" }
}

extension Sequence where Element: Hashable {
  /// Each element once, in the order of first appearance.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Names from other people's files, as they are shown: spelled out visibly, cut at 80 characters.
///
/// Cut names keep apart by a number under which the full name is listed at the end of the document.
package struct Labels: Sendable {
  package static let limit = 80
  private let short: [String: String]
  /// The names that were cut, in the order of their numbers.
  package let cut: [(short: String, full: String)]

  package init(_ scorecard: Scorecard) {
    var names = scorecard.models.map(\.name)
    for attribute in scorecard.attributes { names += [attribute.name] + attribute.groups }
    names += scorecard.data.columns.map(\.name) + scorecard.provenance.inputs.map(\.name)
    names += [scorecard.metadata.system].compactMap { $0 }
    for record in scorecard.slices {
      names += record.slice.assignments.flatMap { [$0.attribute, $0.group ?? ""] }
    }
    self.init(names)
  }

  package init(_ names: [String]) {
    var short: [String: String] = [:]
    var cut: [(short: String, full: String)] = []
    for name in names where short[name] == nil {
      let full = Visible.spelledOut(name)
      guard full.unicodeScalars.count > Self.limit else {
        short[name] = full
        continue
      }
      let mark = "… #\(cut.count + 1)"
      let start = full.unicodeScalars.prefix(Self.limit - mark.unicodeScalars.count)
      short[name] = String(String.UnicodeScalarView(start)) + mark
      cut.append((short[name] ?? "", full))
    }
    self.short = short
    self.cut = cut
  }

  /// A name as it is shown. A name that is in no part of the scorecard where names are declared is
  /// cut without a number.
  package subscript(_ name: String) -> String {
    if name.isEmpty { return "(empty)" }
    if let known = short[name] { return known }
    let full = Visible.spelledOut(name)
    guard full.unicodeScalars.count > Self.limit else { return full }
    return String(String.UnicodeScalarView(full.unicodeScalars.prefix(Self.limit - 1))) + "…"
  }

  package subscript(_ slice: Slice) -> String {
    if slice.assignments.isEmpty { return "Overall" }
    return slice.assignments.map { $0.group.map { self[$0] } ?? Slice.missing }
      .joined(separator: " × ")
  }

  /// A statement in free text, at most 2,000 characters of it.
  package func long(_ text: String) -> String {
    let full = Visible.spelledOut(text)
    guard full.unicodeScalars.count > 2000 else { return full }
    return String(String.UnicodeScalarView(full.unicodeScalars.prefix(2000))) + "…"
  }

  package func attributes(_ names: [String]) -> String {
    names.map { self[$0] }.joined(separator: " × ")
  }
}

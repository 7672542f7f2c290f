// SPDX-License-Identifier: Apache-2.0
import Evenhand
import Foundation

/// A guess at the roles of a table's columns, to be corrected by a person.
struct StartingConfiguration {
  /// As it can be typed in a shell.
  private let table: String
  private var label: ColumnProfile?
  private var scores: [ColumnProfile] = []
  private var decisions: [ColumnProfile] = []
  private var attributes: [ColumnProfile] = []

  init(_ inspection: Inspection, path: String) {
    let isPlain = path.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "/._-+".unicodeScalars.contains($0)
    }
    table = isPlain && path != "-" ? path : "TABLE"
    let named = inspection.columns.filter { !$0.name.isEmpty }
    func looksLike(_ column: ColumnProfile, _ words: [String]) -> Bool {
      words.contains { column.name.lowercased().contains($0) }
    }
    let binary = named.filter { $0.distinctCount == 2 && $0.kind == .boolean }
    label =
      binary.first { looksLike($0, ["label", "target", "outcome", "y_true", "actual", "truth"]) }
      ?? binary.first { !looksLike($0, ["pred", "decision", "selected", "score"]) }
    scores = named.filter { column in
      guard let range = column.range, column.distinctCount > 2 else { return false }
      return looksLike(column, ["score", "prob", "pred", "risk"])
        || (column.kind == .number && range.lowerBound >= 0 && range.upperBound <= 1)
    }
    decisions = binary.filter { column in
      column.name != label?.name && looksLike(column, ["pred", "decision", "selected", "admitted"])
    }
    let taken = Set((scores + decisions).map(\.name) + [label?.name ?? ""])
    attributes = named.filter { column in
      !taken.contains(column.name) && (2...20).contains(column.distinctCount)
        && column.kind != .number
    }
  }

  /// The configuration as text, with what is left to decide.
  var yaml: String {
    var lines = ["# A starting point: check every line."]
    lines.append(
      label.map { "label: \(quoted($0.name))" } ?? "# label: COLUMN   # the true outcome")
    if !scores.isEmpty {
      lines.append("model:")
      lines += scores.map { "  - \(quoted("\($0.name)=\($0.name)"))" }
    }
    if !decisions.isEmpty {
      lines.append("decision:")
      lines += decisions.map { "  - \(quoted("\($0.name)=\($0.name)"))" }
    }
    if scores.isEmpty && decisions.isEmpty {
      lines.append("# model: [NAME=COLUMN]   # a column of scores")
    }
    lines.append(
      attributes.isEmpty
        ? "# by: [COLUMN]   # the attributes to slice by"
        : "by: [\(attributes.prefix(3).map { quoted($0.name) }.joined(separator: ", "))]")
    lines.append("favorable: unstated   # positive or negative: which decision is good for people")
    lines += [
      "metadata:", "  system: \"\"", "  intended_use: \"\"", "  population: \"\"", "  period: \"\"",
      "  labels_from: \"\"", "  attributes_from: \"\"", "  owner: \"\"",
      "  threshold_chosen_by: \"\"", "  threshold_reason: \"\"",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The configuration with how to use it.
  var explained: String {
    "A configuration to start from:\n\n"
      + yaml.split(separator: "\n").map { "  \($0)\n" }.joined()
      + "\nTo save, correct and use it:\n\n"
      + "  evenhand inspect \(table) --yaml > evenhand.yaml\n"
      + "  evenhand evaluate \(table) --config evenhand.yaml\n"
  }

  /// A double-quoted YAML scalar.
  private func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || $0 == "_" || $0 == "="
    }
    if isPlain, text.first?.isLetter == true { return text }
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || scalar.properties.generalCategory == .format:
        return scalar.value <= 0xFFFF
          ? "\\u" + String(format: "%04X", scalar.value)
          : "\\U" + String(format: "%08X", scalar.value)
      default: return String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The rows of a study as a file: one JSON object a line.
package struct Findings: Sendable {
  /// Where the findings of the last full run lie in the repository.
  package static let path = "Tests/CoverageStudy/results.jsonl"

  package private(set) var rows: [StudyRow]

  package init(rows: [StudyRow] = []) { self.rows = rows }

  /// What a file holds; nothing if there is none.
  package init(reading file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path()) else {
      rows = []
      return
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    rows = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map {
      try decoder.decode(StudyRow.self, from: $0)
    }
  }

  package func write(to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
    let lines = try rows.map { try encoder.encode($0) + [UInt8(ascii: "\n")] }
    try Data(lines.joined()).write(to: file)
  }

  /// Takes the rows of scenarios run anew in the place of their former ones, in the study's order.
  package mutating func replace(_ fresh: [StudyRow]) {
    let again = Set(fresh.map(\.id))
    let order = Dictionary(
      uniqueKeysWithValues: Study.trials.enumerated().map { ($1.id, $0) })
    let kept = rows.filter { !again.contains($0.id) && order[$0.id] != nil } + fresh
    let places = kept.indices.sorted { a, b in
      (order[kept[a].id] ?? 0, a) < (order[kept[b].id] ?? 0, b)
    }
    rows = Comparison.compared(places.map { kept[$0] })
  }

  func rows(_ kind: StudyKind, _ isIncluded: (StudyRow) -> Bool) -> [StudyRow] {
    rows.filter { $0.claim.kind == kind && isIncluded($0) }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Widths over those of the best method.
///
/// The best is the narrowest in a scenario of those that hold in every scenario of their kind: one that
/// holds in some by a happy position of the discrete outcomes is no rival. Where no method holds
/// everywhere it is the narrowest that holds in the scenario. A yardstick takes precedence.
struct Comparison: Sendable {
  /// Rows about the same number in all scenarios, or in one.
  private struct Subject: Hashable {
    var kind: StudyKind
    var number: String
    var scenario: String?

    init(_ row: StudyRow, isEverywhere: Bool = false) {
      kind = row.claim.kind
      number = row.claim.number
      scenario = isEverywhere ? nil : row.id
    }
  }

  static func compared(_ rows: [StudyRow]) -> [StudyRow] {
    let unreliable = Dictionary(grouping: rows.filter { !isReliable($0) }) {
      Subject($0, isEverywhere: true)
    }.mapValues { Set($0.map(\.claim.method)) }
    let rivals = Dictionary(grouping: rows) { Subject($0) }
    return rows.map { row in
      var result = row
      let all = rivals[Subject(row)] ?? []
      let short = unreliable[Subject(row, isEverywhere: true)] ?? []
      let candidates = [
        all.filter(\.isYardstick), all.filter { !short.contains($0.claim.method) },
        all.filter(isReliable),
      ]
      let best = candidates.first { !$0.isEmpty }?.map(\.width).min()
      result.relativeWidth =
        all.count > 1 ? best.flatMap { $0 > 0 && $0.isFinite ? row.width / $0 : nil } : nil
      return result
    }
  }

  private static func isReliable(_ row: StudyRow) -> Bool {
    row.isValid && row.absence <= StudyRow.mostAbsent
  }
}

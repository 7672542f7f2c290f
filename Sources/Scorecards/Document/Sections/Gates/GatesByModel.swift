// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Gates × models: what each gate finds of each model by itself, where it judges several.
struct GatesByModel {
  let reading: Reading
  private static let mostModels = 6

  var blocks: [Block] {
    let gates = reading.scorecard.gates
    let judged = Set(gates.flatMap { $0.comparisons.compactMap(\.model) })
    let models = reading.models.filter(judged.contains)
    guard models.count > 1 else { return [] }
    let shown = Array(models.prefix(Self.mostModels))
    let more =
      models.count > shown.count
      ? " \(Format.plural(models.count - shown.count, "more model")) in scorecard.json." : ""
    let words = GateWords(reading)
    let rows = gates.map { gate in
      DocumentTable.Row(
        .words(words.name(gate)), shown.map { Self.cell(Self.verdict(of: gate, on: $0)) })
    }
    return [
      .table(
        DocumentTable(
          caption: "By model: the worst of its own comparisons.\(more)",
          columns: [.init("Gate")] + shown.map { .init(reading.labels[$0]) },
          groups: [.init("", rows)]
        ).cut(to: 40))
    ]
  }

  /// The worst of what the gate found of a model; `nil` where it does not judge it.
  static func verdict(of gate: GateVerdict, on model: String) -> Verdict? {
    let own = Set(gate.comparisons.filter { $0.model == model }.map(\.verdict))
    return [Verdict.fail, .notMeasured, .inconclusive, .pass].first(where: own.contains)
  }

  private static func cell(_ verdict: Verdict?) -> DocumentTable.Cell {
    verdict.map { .words(GateWords.verdict($0)) } ?? DocumentTable.Cell(.status, "not judged")
  }
}

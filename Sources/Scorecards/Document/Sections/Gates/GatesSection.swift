// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The verdicts of a policy, first of all sections.
struct GatesSection {
  private static let mostComparisons = 60
  private static let mostDetails = 12
  let reading: Reading

  private var gates: [GateVerdict] { reading.scorecard.gates }
  private var words: GateWords { GateWords(reading) }

  /// `nil` for a scorecard that was held against no policy.
  var section: Section? {
    guard !gates.isEmpty else { return nil }
    let open = gates.filter { $0.verdict != .pass }
    var blocks: [Block] = [
      .paragraph("\(strong: GateWords.summary(gates)).\(policy)"), .table(table),
    ]
    blocks += GatesByModel(reading: reading).blocks
    if !open.isEmpty {
      blocks.append(
        .list(
          open.map { "\(strong: words.name($0)): \(words.sentence($0))." }, ordered: false))
    }
    blocks.append(.note(explanation))
    let details = gates.filter { $0.comparisons.count > 1 }
    blocks += details.prefix(Self.mostDetails).map(detail)
    let more = details.count - Self.mostDetails
    if more > 0 {
      blocks.append(.note("Comparisons of \(Format.plural(more, "more gate")) in scorecard.json."))
    }
    return Section("gates", "Gates", inSummary: true, blocks)
  }

  private var policy: String {
    guard let file = reading.scorecard.provenance.inputs.first(where: { $0.role == "policy" })
    else { return "" }
    return " Policy: \(reading.labels[file.name])."
  }

  private var explanation: RichText {
    let alpha = gates.first.map { Format.level($0.alpha) } ?? ""
    return """
      \(strong: "Passed:") every comparison's own one-sided bound keeps the limit. \
      \(strong: "Failed:") a comparison's other bound lies beyond it, at a level that holds for all of \
      the gate's comparisons at once. Either is wrong in at most \(alpha) of samples. \
      \(strong: "Inconclusive:") neither is established; n is what the smaller group would have to rest \
      on if its value stayed. Limits are choices of the policy. What follows from a verdict is for \
      people to decide.
      """
  }

  private var table: DocumentTable {
    let rows = gates.map { gate in
      DocumentTable.Row(
        .words(words.name(gate)),
        [
          .words(GateWords.verdict(gate.verdict), detail: words.effect(gate)),
          .words(words.subject(gate)), .number(words.limit(gate)),
          gate.value.map { .number(Format.number($0)) } ?? none,
          words.bound(gate).map { .number($0) } ?? none,
          gate.neededN.map { .number(Format.count($0)) }
            ?? DocumentTable.Cell(.status, words.noNeed(gate)),
        ])
    }
    return DocumentTable(
      caption: "Every gate with the comparison that decides it: the one nearest to the limit.",
      columns: [
        .init("Gate"), .init("Verdict"), .init("Of", inSummary: false), .init("Limit"),
        .init("Value", .trailing), .init("Bound"), .init("n needed", .trailing),
      ], groups: [.init("", rows)])
  }

  private var none: DocumentTable.Cell { DocumentTable.Cell(.status, "none") }

  private func detail(_ gate: GateVerdict) -> Block {
    let order: [Verdict] = [.fail, .notMeasured, .inconclusive, .pass]
    let sorted = order.flatMap { verdict in gate.comparisons.filter { $0.verdict == verdict } }
    let rows = sorted.map { one in
      DocumentTable.Row(
        .words(words.comparison(one, in: gate)),
        [
          .words(GateWords.verdict(one.verdict)),
          one.value.map { .number(Format.number($0)) } ?? none,
          bounds(one.bounds), bounds(one.jointBounds),
          one.n.map { .number(Format.count($0)) } ?? none,
          one.neededN.map { .number(Format.count($0)) } ?? none,
          .words(one.reason.map { reading.labels.long($0) } ?? ""),
        ])
    }
    let table = DocumentTable(
      caption: "\(words.name(gate)), limit \(words.limit(gate)): \(words.subject(gate)).",
      columns: [
        .init("Comparison"), .init("Verdict"), .init("Value", .trailing), .init("Own bounds"),
        .init("Joint bounds"), .init("n", .trailing), .init("n needed", .trailing), .init("Why"),
      ], groups: [.init("", rows)]
    ).cut(to: Self.mostComparisons)
    let count = Format.plural(gate.comparisons.count, "comparison")
    return .disclosure("\(words.name(gate)): \(count)", [.table(table)])
  }

  private func bounds(_ bounds: GateBounds?) -> DocumentTable.Cell {
    guard let bounds else { return none }
    let low = bounds.low.map(Format.number) ?? "\(Format.minus)∞"
    let high = bounds.high.map(Format.number) ?? "∞"
    return .number("[\(low), \(high)]", detail: "at \(Format.level(bounds.level))")
  }
}

extension Document {
  /// The verdicts alone, as the `gate` command and a pipeline's summary show them.
  public init(gatesOf scorecard: Scorecard) {
    let reading = Reading(scorecard)
    title = OverviewSection(reading: reading).title
    kind = "Gates"
    blocks = [GatesSection(reading: reading).section].compactMap { $0 }.map(Block.section)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// What was evaluated: figures of the first glance, warnings, what the owners state, the models.
struct OverviewSection {
  let reading: Reading

  var title: String {
    let name = reading.scorecard.metadata.system ?? reading.scorecard.provenance.inputs.first?.name
    return name.map { reading.labels[$0] } ?? "Scorecard"
  }

  var lead: [Block] {
    let card = reading.scorecard
    let groups = card.attributes.reduce(0) { $0 + $1.groups.count }
    let attributes = Format.list(card.attributes.map { reading.labels[$0.name] })
    var facts = [
      Fact("rows", RichText(Format.count(card.data.rows))),
      Fact(card.models.count == 1 ? "model" : "models", RichText(Format.count(card.models.count))),
    ]
    if !card.attributes.isEmpty {
      facts.append(Fact("groups by \(attributes)", RichText(Format.count(groups))))
    }
    facts.append(
      Fact(
        "established gaps, of \(Format.count(compared.count)) examined",
        RichText(Format.count(compared.filter(\.isEstablished).count))))
    let warnings = card.warnings.map { warning in
      Block.notice("\(strong: "Warning:") \(Visible.spelledOut(warning.message))")
    }
    return [.keyFacts(facts)] + warnings
  }

  private var compared: [Finding] {
    reading.models.flatMap { Finding.all(reading, model: $0) }
      .filter { $0.isBase && $0.gap.interval != nil }
  }

  var section: Section {
    Section("evaluated", "What was evaluated", [.table(models), .definitions(statements)])
  }

  private var models: DocumentTable {
    let rows = reading.scorecard.models.map { model in
      DocumentTable.Row(
        .words(reading.labels[model.name]),
        [
          .words(Format.words(Visible.spelledOut(model.kind))),
          model.threshold.map { .number("score ≥ " + exact($0)) } ?? .words("decisions as given"),
          model.lowest.flatMap { low in
            model.highest.map { .number(Format.number(low) + " to " + Format.number($0)) }
          } ?? .words("no scores"),
        ])
    }
    return DocumentTable(
      caption: "Models, and from which score on a row counts as \(reading.wording.selected).",
      columns: [
        .init("Model"), .init("Kind"), .init("Threshold"), .init("Scores read"),
      ], groups: [.init("", rows)])
  }

  /// A threshold is a setting, not an estimate: it is not rounded.
  private func exact(_ value: Double) -> String {
    value == value.rounded() ? Format.number(value) : value.description
  }

  private var statements: [Fact] {
    let data = reading.scorecard.metadata
    let stated: [(String, String?)] = [
      ("System", data.system), ("Version", data.version), ("Intended use", data.intendedUse),
      ("Population", data.population), ("Period", data.period), ("Labels from", data.labelsFrom),
      ("Attributes from", data.attributesFrom), ("Owner", data.owner),
      ("Threshold chosen by", data.thresholdChosenBy), ("Reason for it", data.thresholdReason),
    ]
    let facts = stated.map { term, detail in
      Fact(
        RichText(term),
        detail.map { RichText(reading.labels.long($0)) } ?? "\(quiet: "not stated")")
    }
    let attributes = reading.scorecard.attributes.map { attribute in
      let groups = Format.plural(attribute.groups.count, "group")
      let reference = attribute.reference.map { ", reference \(reading.labels[$0])" } ?? ""
      let missing =
        switch attribute.missing {
        case nil: ", some missing (withheld)"
        case 0: ""
        case .some(let count): ", \(Format.count(count)) missing"
        }
      return Fact(
        RichText("Attribute \(reading.labels[attribute.name])"),
        RichText(groups + reference + missing))
    }
    return facts + [Fact("Favorable outcome", RichText(reading.wording.statement))] + attributes
  }
}

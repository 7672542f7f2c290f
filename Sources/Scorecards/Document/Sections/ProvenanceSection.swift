// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Foundation

/// Where the numbers come from: inputs with hashes, configuration, engines, versions.
struct ProvenanceSection {
  let reading: Reading

  var section: Section {
    let origin = reading.scorecard.provenance
    var facts = origin.facts(reading.labels)
    facts += [
      Fact("Seed", RichText(String(origin.seed))),
      Fact("Replicates", RichText(Format.count(origin.replicates))),
      Fact(
        "Linear algebra",
        RichText(Visible.spelledOut("\(origin.linearAlgebra), core \(origin.linearAlgebraCore)"))),
      Fact("Threads", RichText(String(origin.threads))),
      Fact("Swift", RichText(Visible.spelledOut(origin.swiftVersion))),
      Fact("Schema", "\(code: Visible.spelledOut(reading.scorecard.schema))"),
    ]
    let plan = origin.plan.sorted { $0.key < $1.key }.map {
      Fact(
        RichText(Format.sentence(Format.words(Visible.spelledOut($0.key)))),
        RichText(Visible.spelledOut($0.value)))
    }
    let configuration = reading.scorecard.configuration.sorted { $0.key < $1.key }.map {
      Fact("\(code: Visible.spelledOut($0.key))", "\(code: text($0.value))")
    }
    var blocks: [Block] = [.definitions(facts)]
    if !plan.isEmpty {
      blocks.append(.disclosure("Engines: how each family was computed", [.definitions(plan)]))
    }
    if !configuration.isEmpty {
      blocks.append(.disclosure("Configuration", [.definitions(configuration)]))
    }
    return Section("provenance", "Provenance", blocks)
  }

  private func text(_ value: ConfigurationValue) -> String {
    reading.labels.long(Self.yaml(value))
  }

  /// A value on one line, as YAML's flow style has it.
  static func yaml(_ value: ConfigurationValue) -> String {
    switch value {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let number):
      number == number.rounded() && abs(number) < 1e15
        ? String(format: "%.0f", number) : String(number)
    case .text(let text): text.isEmpty ? "\"\"" : text
    case .list(let list): "[" + list.map(yaml).joined(separator: ", ") + "]"
    case .map(let map):
      "{"
        + map.sorted { $0.key < $1.key }.map { "\($0.key): \(yaml($0.value))" }
        .joined(separator: ", ") + "}"
    }
  }
}

extension Provenance {
  /// What made a document, when, and from which inputs.
  func facts(_ labels: Labels) -> [Fact] {
    [
      Fact("Evenhand", RichText(Visible.spelledOut(evenhandVersion))),
      Fact("Created", RichText(Visible.spelledOut(createdAt))),
    ]
      + inputs.map { input in
        Fact(
          RichText("Input: \(Visible.spelledOut(input.role))"),
          """
          \(labels[input.name]), \(Format.count(input.bytes)) bytes, SHA-256 \
          \(code: Visible.spelledOut(input.sha256))
          """)
      }
  }
}

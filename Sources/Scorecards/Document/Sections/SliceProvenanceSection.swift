// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Where the numbers come from, and the names that were too long for tables.
struct SliceProvenanceSection {
  private static let mostNames = 100
  let reading: SliceReading

  var section: Section {
    let origin = reading.report.provenance
    var facts = origin.facts(reading.labels)
    facts += [
      Fact("Seed", RichText(String(origin.seed))),
      Fact("Permutations", RichText(Format.count(origin.replicates))),
      Fact("Threads", RichText(String(origin.threads))),
      Fact("Swift", RichText(Visible.spelledOut(origin.swiftVersion))),
      Fact("Schema", "\(code: Visible.spelledOut(reading.report.schema))"),
    ]
    let request = reading.report.configuration.sorted { $0.key < $1.key }.map { key, value in
      Fact(
        "\(code: Visible.spelledOut(key))",
        "\(code: reading.labels.long(ProvenanceSection.yaml(value)))")
    }
    var blocks: [Block] = [.definitions(facts)]
    if !request.isEmpty { blocks.append(.disclosure("Request", [.definitions(request)])) }
    return Section("provenance", "Provenance", blocks)
  }

  var names: Section? {
    let cut = reading.labels.cut
    guard !cut.isEmpty else { return nil }
    var facts: [Fact] = []
    for (place, name) in cut.prefix(Self.mostNames).enumerated() {
      facts.append(
        Fact(RichText("#" + String(place + 1)), "\(code: reading.labels.long(name.full))"))
    }
    let more = cut.count - facts.count
    return Section(
      "names", "Full names",
      [.definitions(facts)]
        + (more > 0 ? [.note("\(Format.count(more)) more in slices.json.")] : []))
  }
}

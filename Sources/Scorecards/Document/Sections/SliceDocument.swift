// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

extension Document {
  /// A slice search as a document: what was found first, then how, and what it does not show.
  public init(_ report: SliceReport) {
    let reading = SliceReading(report)
    let sections: [Section?] = [
      SliceFindingsSection(reading: reading).section,
      SliceTreeSection(reading: reading).section,
      SliceTableSection(reading: reading).established,
      SliceTableSection(reading: reading).others,
      SliceHoldoutSection(reading: reading).section,
      SliceMethodSection(reading: reading).section,
      SliceDataSection(reading: reading).section,
      SliceLimitsSection(reading: reading).section,
      SliceProvenanceSection(reading: reading).section,
      SliceProvenanceSection(reading: reading).names,
    ]
    let name = report.provenance.inputs.first.map { reading.labels[$0.name] }
    self.init(
      title: name.map { "Slices of \($0)" } ?? "Slices",
      blocks: Self.lead(reading) + sections.compactMap { $0 }.map(Block.section))
    kind = "Slice search"
  }

  private static func lead(_ reading: SliceReading) -> [Block] {
    let findings = reading.findings
    var facts = [
      Fact("\(reading.rows) searched", RichText(Format.count(findings.data.searched)))
    ]
    if findings.data.heldOut > 0 {
      facts.append(Fact("rows held out", RichText(Format.count(findings.data.heldOut))))
    }
    let several = findings.searches.count > 1
    if !several {
      facts += findings.searches.map {
        Fact(
          "\(reading.measure($0)) of all of them", RichText(reading.number($0.meanError)))
      }
    }
    facts.append(
      Fact(
        "slices examined" + (several ? ", in each direction" : ""),
        RichText(Format.count(findings.searches.first?.familySize ?? 0))))
    facts += findings.searches.map { search in
      let direction = several ? ", \(reading.title(search).lowercased())" : ""
      return Fact(
        "established, not folded\(direction)",
        RichText(Format.count(search.standingCount)))
    }
    let warnings = findings.warnings.map { warning in
      Block.notice("\(strong: "Warning:") \(Visible.spelledOut(warning.message))")
    }
    return [.keyFacts(facts)] + warnings
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// What the evaluation establishes, in words; then what it does not.
struct FindingsSection {
  private static let most = 6
  private static let mostIntersections = 3
  let reading: Reading

  var section: Section {
    Section(
      "findings", "Findings", inSummary: true,
      [.note(explanation)] + reading.perModel("findings", blocks) + [.paragraph(comparisons)])
  }

  private var explanation: RichText {
    """
    Listed are only gaps whose simultaneous \(reading.level) interval excludes no gap, the best \
    established first. A gap is the largest difference between two groups.
    """
  }

  private func blocks(_ model: String) -> [Block] {
    let findings = Finding.all(reading, model: model).filter {
      $0.isBase && MetricChoice.leading.contains($0.gap.metric)
    }
    let established = findings.filter(\.isEstablished)
    let single = established.filter { $0.gap.attributes.count == 1 }
    let crossed = established.filter { $0.gap.attributes.count > 1 }
    let sentence = FindingSentence(reading: reading)
    var blocks: [Block] = []
    if established.isEmpty {
      blocks.append(.paragraph("No gap between groups is established."))
    } else {
      let shown = single.prefix(Self.most) + crossed.prefix(Self.mostIntersections)
      blocks.append(
        .list(shown.compactMap { sentence.established($0, model: model) }, ordered: true))
      let more = established.count - shown.count
      if more > 0 {
        let them = Format.plural(more, "more established gap")
        blocks.append(.paragraph("\(them): see the table of gaps."))
      }
    }
    let closing = closing(findings) + detectable(findings) + leftOut(findings)
    return closing.isEmpty ? blocks : blocks + [.list(closing, ordered: false)]
  }

  private func closing(_ findings: [Finding]) -> [RichText] {
    let open = findings.filter { !$0.isEstablished && $0.gap.status == .ok && $0.gap.value != nil }
    let sentence = FindingSentence(reading: reading)
    return reading.scorecard.attributes.compactMap { attribute in
      let own = open.filter { $0.gap.attributes == [attribute.name] }
      let excluded = own.map(\.gap.excluded.count).max() ?? 0
      return sentence.open(
        [attribute.name], own, compared: attribute.groups.count - excluded)
    }
  }

  /// Which gaps these data could have shown, attribute by attribute.
  private func detectable(_ findings: [Finding]) -> [RichText] {
    let sentence = FindingSentence(reading: reading)
    return reading.scorecard.attributes.compactMap { attribute in
      sentence.detectable(
        [attribute.name], findings.filter { $0.gap.attributes == [attribute.name] })
    }
  }

  private func leftOut(_ findings: [Finding]) -> [RichText] {
    var order: [[String]] = []
    for finding in findings where !order.contains(finding.gap.attributes) {
      order.append(finding.gap.attributes)
    }
    order.sort { ($0.count, $0.joined(separator: "\0")) < ($1.count, $1.joined(separator: "\0")) }
    let sentence = FindingSentence(reading: reading)
    return order.compactMap { attributes in
      sentence.leftOut(attributes, findings.filter { $0.gap.attributes == attributes })
    }
  }

  private var comparisons: RichText {
    let (total, families) = reading.comparisons
    guard total > 0 else {
      return "\(Format.plural(reading.scorecard.gaps.count, "comparison")) made."
    }
    return """
      \(Format.plural(total, "comparison")) made in \
      \(Format.plural(families, "family", "families")); intervals hold simultaneously within a \
      family, not across families.
      """
  }
}

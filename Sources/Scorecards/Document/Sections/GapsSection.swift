// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The gaps: the largest between two groups, those with names, and every group against its reference.
struct GapsSection {
  let reading: Reading

  var section: Section? {
    guard !reading.scorecard.gaps.isEmpty else { return nil }
    return Section(
      "gaps", "Gaps", inSummary: true,
      [.note(explanation)] + reading.perModel("gaps", blocks) + inTheData)
  }

  private var explanation: RichText {
    """
    The largest difference between two groups with its simultaneous \(reading.level) interval. \
    By chance: the gap that equal groups of these sizes would show on average, and the value that \
    they exceed in 5 of 100 samples (grey band). Detectable: the smallest gap that these data would \
    establish with a power of 80 %. A filled mark is an established gap, a hollow one is not.
    """
  }

  private func blocks(_ model: String) -> [Block] {
    let all = Finding.all(reading, model: model)
    let base = all.filter(\.isBase)
    let leading = base.filter { MetricChoice.leading.contains($0.gap.metric) }
    let others = base.filter { !MetricChoice.leading.contains($0.gap.metric) }
    let shown = leading.isEmpty ? others : leading
    let rates = shown.filter { MetricChoice.scale($0.gap.metric) == 0 }
    let single = rates.filter { $0.gap.attributes.count == 1 }
    let crossed = rates.filter { $0.gap.attributes.count > 1 }
    let unbounded = shown.filter { MetricChoice.scale($0.gap.metric) != 0 }
    let table = GapTable(reading: reading, model: model)
    func folded(_ caption: RichText, _ findings: [Finding], plot: Bool, limit: Int) -> [Block] {
      let content = table.table(findings, caption: caption, plot: plot).cut(to: reading.rows(limit))
      return content.isEmpty ? [] : [.disclosure(caption, [.table(content)])]
    }
    let open = table.table(
      single, caption: "Gaps between single groups, in shares between 0 and 1.", plot: true)
    return (open.isEmpty ? [] : [.table(open.cut(to: reading.rows(24)))])
      + folded("Gaps between intersections", crossed, plot: reading.models.count == 1, limit: 12)
      + folded("Gaps in metrics that are no shares", unbounded, plot: false, limit: 20)
      + (leading.isEmpty ? [] : folded("Gaps in other metrics", others, plot: false, limit: 10))
      + NamedGapTable(reading: reading, model: model).blocks
      + ReferenceTable(reading: reading, model: model).blocks
      + GroupTestTable(reading: reading, model: model).blocks
      + AcrossMetricsTable(reading: reading, model: model).blocks
      + MissingBoundsTable(reading: reading, model: model).blocks
      + excluded(leading.isEmpty ? base : leading)
  }

  /// Gaps that the data show before any model.
  private var inTheData: [Block] {
    let findings = Finding.all(reading, model: nil)
    guard !findings.isEmpty else { return [] }
    let caption: RichText = "Gaps in the data, before any model."
    let table = GapTable(reading: reading, model: nil).table(findings, caption: caption, plot: true)
    return [.disclosure(caption, [.table(table.cut(to: 40))])]
  }

  /// Which slices the gaps do without, and why.
  private func excluded(_ findings: [Finding]) -> [Block] {
    var reasons: [Slice: [String]] = [:]
    for finding in findings {
      for item in finding.gap.excluded {
        reasons[item.slice, default: []].append(ExclusionWords.text(item, finding, reading))
      }
    }
    guard !reasons.isEmpty else { return [] }
    let rows = reasons.sorted { $0.key < $1.key }.map { slice, reasons in
      let isWithheld = Set(reasons) == [ExclusionWords.withheld]
      let text = isWithheld ? ExclusionWords.withheld : reasons.joined(separator: "; ")
      return DocumentTable.Row(.words(reading.labels[slice]), [.words(text)])
    }
    let caption: RichText = """
      Slices left out of comparisons because they are too small for them. A gap without them says \
      nothing about them. Numbers are the rows that the metric rests on.
      """
    let table = DocumentTable(
      caption: caption, columns: [.init("Slice"), .init("Left out of")],
      groups: [.init("", rows)])
    let summary: RichText = "Slices left out of comparisons \(quiet: Format.count(rows.count))"
    return [.disclosure(summary, [.table(table.cut(to: reading.rows(40)))])]
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// Metric by metric, every group with its value and interval: forest plots that are tables.
struct MetricsSection {
  let reading: Reading

  var section: Section? {
    let shown = reading.metrics.filter {
      !MetricChoice.isCount($0) && !MetricChoice.isQuantile($0)
    }
    guard !shown.isEmpty, !reading.models.isEmpty else { return nil }
    let leading = MetricChoice.leading.filter(shown.contains)
    let open = leading.isEmpty ? Array(shown.prefix(4)) : leading
    let others = shown.filter { !open.contains($0) && $0 != "average_odds" }
    let size = ForestSize(reading: reading)
    let sections = open.map { metric in
      let table = ForestTable(
        reading: reading, metric: metric, rowLimit: size.open(open.count))
      return Block.section(
        Section("metric-\(Anchor.make(metric))", reading.title(metric), [.table(table.table)]))
    }
    let isPlotted = size.fits(others.filter(isDrawn).count)
    let folded = others.map { metric in
      let table = ForestTable(
        reading: reading, metric: metric,
        isPlotted: isPlotted && isDrawn(metric),
        rowLimit: size.folded(others.count, plotted: isPlotted))
      return Block.disclosure(summary(metric), [.table(table.table)])
    }
    return Section(
      "metrics", "Metric by metric",
      [.note(explanation)] + sections
        + (folded.isEmpty ? [] : [.section(Section("metrics-more", "Other metrics", folded))]))
  }

  /// Whether a folded metric has a plot, room permitting: not what another one or the calibration by
  /// group shows.
  private func isDrawn(_ metric: String) -> Bool {
    !MetricChoice.isComplement(metric)
      && (metric != CalibrationTable.debiased || reading.scorecard.calibration.slices.isEmpty)
  }

  private var explanation: RichText {
    """
    Points with \(reading.level) intervals, one group at a time; the dashed line is everybody. A mark \
    is filled where the interval excludes the overall value. Do not compare two groups by whether \
    their intervals overlap: that is what the gaps are for.
    """
  }

  /// The folded metric with its overall value, so that one need not open it to see that.
  private func summary(_ metric: String) -> RichText {
    let values = reading.models.compactMap { model -> String? in
      reading.measurement(model, metric, .overall)?.value.map(Format.number)
    }
    let distinct = Set(values).count == 1 ? Array(values.prefix(1)) : values
    let text = distinct.isEmpty ? "" : "overall \(distinct.joined(separator: ", "))"
    return "\(reading.title(metric)) \(quiet: text)"
  }
}

/// How many rows the forest tables may have, so that the page stays under half a megabyte however many
/// groups there are.
struct ForestSize {
  /// Bytes for the tables of one kind.
  private static let plotted = (open: 65_000, folded: 92_000)
  private static let unplotted = 45_000
  private let groups: Int
  private let models: Int
  private let label: Int

  init(reading: Reading) {
    let names = reading.scorecard.attributes.flatMap(\.groups)
    groups = 1 + names.count
    models = max(1, reading.plotted.count)
    let bytes = names.reduce(0) { $0 + HTMLEscaper.escape(reading.labels[$1]).utf8.count }
    label = names.isEmpty ? 0 : bytes / names.count
  }

  /// Roughly the bytes of a row, with room for words where numbers are missing.
  private func row(plotted: Bool) -> Int {
    plotted ? 180 + 130 * models + label : 50 + 55 * models + label
  }

  /// Whether so many folded tables have room for all groups with their plots.
  func fits(_ tables: Int) -> Bool { tables * groups * row(plotted: true) <= Self.plotted.folded }

  /// The rows that each of so many open tables may have.
  func open(_ tables: Int) -> Int { rows(Self.plotted.open, tables, row(plotted: true)) }

  /// The rows that each of so many folded tables may have.
  func folded(_ tables: Int, plotted: Bool) -> Int {
    plotted
      ? groups : rows(Self.unplotted, tables, row(plotted: false))
  }

  private func rows(_ room: Int, _ tables: Int, _ row: Int) -> Int {
    min(ForestTable.mostRows, max(6, room / (max(1, tables) * row)))
  }
}

/// Anchors in the page.
enum Anchor {
  static func make(_ id: String) -> String {
    String(
      id.unicodeScalars.prefix(60).map { scalar -> Character in
        switch scalar {
        case "a"..."z", "0"..."9": Character(scalar)
        default: "-"
        }
      })
  }
}

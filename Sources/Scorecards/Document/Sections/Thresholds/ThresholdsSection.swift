// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// How metrics and gaps would be at other thresholds, and thresholds that meet an aim.
struct ThresholdsSection {
  let reading: Reading

  private var sweeps: [ThresholdSweep] { reading.scorecard.sweeps }

  /// The decision metrics that figures show.
  private static let leading = [
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
    "expected_cost", "net_benefit",
  ]
  private static let leadingGaps = ["selection_rate", "true_positive_rate", "false_positive_rate"]

  var section: Section? {
    guard !sweeps.isEmpty else { return nil }
    let figures = ThresholdFigures(reading: reading)
    let overall = metrics(Self.leading).compactMap { figures.overall($0) }
    let gaps = reading.scorecard.attributes.flatMap { attribute in
      metrics(Self.leadingGaps).compactMap { figures.gap($0, .maxMinDifference, attribute.name) }
        + metrics(["selection_rate"]).compactMap { figures.gap($0, .minMaxRatio, attribute.name) }
    }
    let groups = metrics(["true_positive_rate"]).prefix(1).map { figures.groups($0) }
      .filter { !$0.figures.isEmpty }
    let proposals = ThresholdProposalsTable(reading: reading).blocks
    return Section(
      "thresholds", "Other thresholds: exploration", inSummary: !proposals.isEmpty,
      [.note(explanation)] + proposals
        + group("Everybody, by threshold of selection.", overall, figures.legend)
        + group("Widest gap between the groups of an attribute.", gaps, figures.legend)
        + (groups.isEmpty
          ? [] : [.disclosure("By group and threshold", groups.map { .figures($0) })])
        + ThresholdTable(reading: reading, metrics: metrics(Self.leading)).blocks)
  }

  private func group(
    _ caption: RichText, _ figures: [FigureGroup.Figure], _ legend: [LegendEntry]
  ) -> [Block] {
    figures.isEmpty
      ? [] : [.figures(FigureGroup(caption: caption, legend: legend, figures: figures))]
  }

  private func metrics(_ wanted: [String]) -> [String] {
    let known = Set(sweeps.flatMap { $0.curves.map(\.metric) })
    let leading = wanted.filter(known.contains)
    return leading.isEmpty ? Array(reading.metrics.filter(known.contains).prefix(3)) : leading
  }

  private var explanation: RichText {
    """
    Who has at least the threshold is selected. Bands hold with \(reading.level) confidence over all \
    thresholds of a line at once; upright lines are the models' own thresholds. This is exploration: a \
    threshold that is chosen here has been chosen and judged on the same people, and looks better than \
    it will be on others.
    """
  }
}

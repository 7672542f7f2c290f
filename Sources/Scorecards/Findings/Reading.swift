// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// A scorecard with what every section looks up in it.
package struct Reading: Sendable {
  private struct Key: Hashable {
    var model: String?
    var metric: String
    var slice: Slice
  }

  private static let mostModels = 6
  package let scorecard: Scorecard
  package let labels: Labels
  package let wording: Wording
  /// The metrics that were measured: the catalogue's in its order, then others by name.
  package let metrics: [String]
  private let places: [Key: Int]
  private let records: [Slice: SliceRecord]

  package init(_ scorecard: Scorecard) {
    self.scorecard = scorecard
    labels = Labels(scorecard)
    wording = Wording(scorecard)
    var places: [Key: Int] = [:]
    for (place, item) in scorecard.measurements.enumerated() {
      places[Key(model: item.model, metric: item.metric, slice: item.slice)] = place
    }
    self.places = places
    records = Dictionary(scorecard.slices.map { ($0.slice, $0) }) { first, _ in first }
    let present = Set(scorecard.measurements.map { $0.metric })
    let known = Catalogue.standard.all.map(\.id)
    metrics = known.filter(present.contains) + present.subtracting(known).sorted()
  }

  /// The measurement of a model; of the data where the metric is a property of the data.
  package func measurement(_ model: String?, _ metric: String, _ slice: Slice) -> SliceMeasurement?
  {
    let key = Key(model: model, metric: metric, slice: slice)
    let place = places[key] ?? places[Key(model: nil, metric: metric, slice: slice)]
    return place.map { scorecard.measurements[$0] }
  }

  package var models: [String] { scorecard.models.map(\.name) }

  /// The models that figures can show; the others are in tables.
  package var plotted: [String] { Array(models.prefix(SeriesStyle.limit)) }

  package func measures(_ metric: String) -> Bool { metrics.contains(metric) }

  package func title(_ metric: String) -> String {
    Catalogue.standard.metric(metric)?.title
      ?? Format.sentence(Format.words(Visible.spelledOut(metric)))
  }

  /// The metric in the middle of a sentence: `selection rate`, `ROC AUC`.
  package func name(_ metric: String) -> String {
    let title = title(metric)
    let second = title.dropFirst().first
    let isProper = second.map { $0.isUppercase || $0.isNumber } ?? false
    return isProper || title.hasPrefix("Brier") || title.hasPrefix("Matthews")
      ? title : title.prefix(1).lowercased() + title.dropFirst()
  }

  package func number(_ key: String, or standard: Double) -> Double {
    switch scorecard.configuration[key] {
    case .number(let value)?: value
    case .integer(let value)?: Double(value)
    default: standard
    }
  }

  package var level: String { Format.level(number("confidence", or: 0.95)) }

  /// The single groups of an attribute that are in the scorecard, in the attribute's order, a missing
  /// one last.
  package func slices(of attribute: AttributeRecord) -> [Slice] {
    let groups: [String?] = attribute.groups + (attribute.missing != 0 ? [nil] : [])
    return groups.map { Slice([.init(attribute: attribute.name, group: $0)]) }
  }

  package func record(_ slice: Slice) -> SliceRecord? { records[slice] }

  /// How many rows of a table that every model has: many for one or two models, fewer for more, so that
  /// the page stays under half a megabyte.
  package func rows(_ limit: Int) -> Int { max(8, limit * 2 / max(2, models.count)) }

  /// The models' parts of a section: under headings where there are several.
  package func perModel(_ id: String, _ blocks: (String) -> [Block]) -> [Block] {
    if models.count == 1, let only = models.first { return blocks(only) }
    let more = models.count - Self.mostModels
    let rest: [Block] =
      more > 0
      ? [.note("\(Format.plural(more, "more model")) in scorecard.json.")] : []
    return models.prefix(Self.mostModels).enumerated().compactMap { index, model in
      let content = blocks(model)
      return content.isEmpty
        ? nil
        : .section(
          Section("\(id)-\(index + 1)", "Model \(labels[model])", inSummary: true, content))
    } + rest
  }
}

extension Reading {
  /// How many comparisons were made, in how many families: every family once.
  var comparisons: (total: Int, families: Int) {
    var sizes: [String: Int] = [:]
    for gap in scorecard.gaps {
      guard let family = gap.interval?.family else { continue }
      sizes[(gap.model ?? "") + "\u{0}" + family.id] = family.size
    }
    return (sizes.values.reduce(0, +), sizes.count)
  }
}

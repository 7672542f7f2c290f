// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// What every metric of the scorecard means, how it is computed and where its intervals come from.
struct DefinitionsSection {
  let reading: Reading

  var section: Section? {
    guard !reading.metrics.isEmpty else { return nil }
    let methods = self.methods
    let facts = reading.metrics.map { id in
      guard let metric = Catalogue.standard.metric(id) else {
        return Fact(RichText(reading.title(id)), "\(code: Visible.spelledOut(id))")
      }
      let meaning = Format.sentence(reading.wording.adapt(metric.meaning))
      let interval = methods[id].map { " Intervals: \(Format.list($0))." } ?? ""
      return Fact(
        RichText(metric.title),
        "\(code: id): \(meaning). \(metric.definition)\(interval)")
    }
    let calibration = CalibrationTerms.facts(reading)
    let more: [Block] =
      calibration.isEmpty
      ? []
      : [
        .disclosure(
          "Calibration by group: \(Format.plural(calibration.count, "term"))",
          [.definitions(calibration)])
      ]
    return Section(
      "definitions", "Definitions",
      [
        .disclosure(
          "\(Format.plural(facts.count, "metric")): meaning, formula, interval",
          [.definitions(facts)])
      ] + more)
  }

  /// By metric, how its intervals were made.
  private var methods: [String: [String]] {
    var names: [String: [String]] = [:]
    for item in reading.scorecard.measurements {
      guard let method = item.interval?.method else { continue }
      let title = Method.title(method)
      if names[item.metric]?.contains(title) != true {
        names[item.metric, default: []].append(title)
      }
    }
    return names
  }
}

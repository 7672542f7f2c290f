// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Which slices are established to differ from everybody, all slices and crossings judged at once.
struct BoundsSentences {
  private static let mostNamed = 3
  let reading: Reading
  let model: String

  var block: Block? {
    let items = SmallGroupsSection.metrics.compactMap { metric in
      reading.simultaneousBounds(model, metric).map { text(metric, $0) }
    }
    return items.isEmpty ? nil : .list(items, ordered: false)
  }

  /// "Selection rate: of 57 slices 12 are established to differ from everybody, among them Female
  /// (−0.110, at least −0.0986); …"
  private func text(_ metric: String, _ record: SimultaneousBoundsRecord) -> RichText {
    let found = record.slices.filter { distance($0) > 0 }
      .sorted { (-distance($0), $0.slice) < (-distance($1), $1.slice) }
    let family = Format.plural(record.slices.count, "slice")
    guard !found.isEmpty else {
      return """
        \(reading.title(metric)): of \(family) none is established to differ from everybody, at \
        \(Format.level(record.level)) for all of them together.
        """
    }
    let named = found.prefix(Self.mostNamed).map { slice in
      """
      \(reading.labels[slice.slice]) \(Format.number(slice.difference)) \
      \(Format.interval(slice.low, slice.high))
      """
    }
    return """
      \(reading.title(metric)): of \(family) \(Format.count(found.count)) \
      \(found.count == 1 ? "is" : "are") established to differ from everybody, at \
      \(Format.level(record.level)) for all of them together. \
      \(quiet: "Furthest: " + named.joined(separator: "; ") + ".")
      """
  }

  /// How far from no difference the nearer bound lies.
  private func distance(_ bound: SimultaneousBound) -> Double { max(bound.low, -bound.high, 0) }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// What a comparison comes to, said in a few sentences: what is established, in which groups, and what
/// is not.
struct ChangeSentences {
  private static let most = 6
  let changes: ChangeReading

  private var reading: Reading { changes.reading }

  var sentences: [RichText] {
    let overall = changes.leading.compactMap { changes.change($0, .overall) }
    let established = overall.filter(\.isEstablished)
    let open = overall.filter { !$0.isEstablished && $0.difference.interval != nil }
    return established.prefix(Self.most).map(sentence)
      + (open.isEmpty ? [] : [noChange(open)]) + worse + gaps
  }

  private func sentence(_ change: ModelComparison) -> RichText {
    let value = change.difference.value ?? 0
    let interval = change.difference.interval.map { " " + Format.interval($0.low, $0.high) } ?? ""
    let verb = value > 0 ? "rises" : "falls"
    return """
      \(strong: Format.sentence(reading.name(change.metric))) \(verb) by \
      \(Format.number(abs(value)))\(quiet: interval), from \
      \(Format.number(change.baselineValue ?? 0)) to \(Format.number(change.candidateValue ?? 0)).
      """
  }

  private func noChange(_ open: [ModelComparison]) -> RichText {
    let bound = open.compactMap { change -> Double? in
      guard let interval = change.difference.interval, let high = interval.high else { return nil }
      return max(abs(interval.low), abs(high))
    }.max()
    let names = Format.list(open.map { reading.name($0.metric) })
    let rows = Format.count(reading.record(.overall)?.n ?? 0)
    let limit = bound.map { " above \(Format.number($0))" } ?? ""
    return RichText("No change\(limit) detected in \(names) at n = \(rows).")
  }

  /// Groups in which a metric is established to get worse although it does not for everybody, or the
  /// other way round: what an average hides.
  private var worse: [RichText] {
    changes.leading.compactMap { id -> RichText? in
      let metric = Catalogue.standard.metric(id)
      let groups = changes.all.filter {
        $0.metric == id && $0.slice.map { !$0.assignments.isEmpty } == true && $0.isEstablished
          && $0.improvement(metric) < 0
      }
      guard !groups.isEmpty else { return nil }
      let names = groups.prefix(5).compactMap { change in
        change.slice.map { slice in
          reading.labels[slice]
            + (change.difference.value.map { " (\($0 > 0 ? "+" : "")\(Format.number($0)))" } ?? "")
        }
      }
      let more = groups.count > 5 ? ", and \(groups.count - 5) more" : ""
      return """
        \(strong: Format.sentence(reading.name(id))) is established to get worse in \
        \(names.joined(separator: ", "))\(more).
        """
    }
  }

  /// Gaps against a reference group that are established to move.
  private var gaps: [RichText] {
    let moved = changes.all.filter {
      $0.gap?.kind == .differenceToReference && $0.isEstablished
        && changes.leading.contains($0.metric) && $0.gap?.attributes.count == 1
    }
    return moved.prefix(Self.most).compactMap { change in
      guard let gap = change.gap, let slice = gap.slice, let reference = gap.reference,
        let before = change.baselineValue, let after = change.candidateValue,
        let interval = change.difference.interval
      else { return nil }
      let verb =
        (before > 0) == (after > 0)
        ? (abs(after) > abs(before) ? "grows" : "shrinks") : "changes its sign"
      return """
        The gap in \(strong: reading.name(change.metric)), \(reading.labels[slice]) against \
        \(reading.labels[reference]), \(verb): from \(Format.number(before)) to \
        \(Format.number(after)), a change of \(Format.number(change.difference.value ?? 0))\
        \(quiet: " " + Format.interval(interval.low, interval.high)).
        """
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Which methods made the intervals, what each does in a sentence, and how well replicates settle them.
struct MethodsSection {
  let reading: Reading

  var section: Section? {
    let used = uses
    guard !used.isEmpty else { return nil }
    let rows = used.map { method, use in
      DocumentTable.Row(
        .words(Method.title(method)),
        [
          .number(Format.count(use.count)), .words(Method.sentence(method)),
          use.error.map { .number(Format.percent($0)) }
            ?? DocumentTable.Cell(.status, "no replicates"),
        ])
    }
    let table = DocumentTable(
      caption: """
        Monte-Carlo error: the largest standard error of a limit due to the number of replicates, as a \
        share of the interval's width; another seed would move limits by about as much.
        """,
      columns: [
        .init("Method"), .init("Intervals", .trailing), .init("What it does"),
        .init("Monte-Carlo error", .trailing),
      ], groups: [.init("", rows)])
    return Section(
      "methods", "Methods",
      [
        .disclosure(
          "How \(Format.plural(used.reduce(0) { $0 + $1.use.count }, "interval")) were made",
          [.table(table)])
      ] + designEffects)
  }

  private struct Use {
    var count = 0
    /// The largest Monte-Carlo error of a limit over the width.
    var error: Double?
  }

  private var uses: [(method: String, use: Use)] {
    var uses: [String: Use] = [:]
    let intervals =
      reading.scorecard.measurements.compactMap(\.interval)
      + reading.scorecard.gaps.compactMap(\.interval)
    for interval in intervals {
      var use = uses[interval.method] ?? Use()
      use.count += 1
      if let error = interval.monteCarloError, let high = interval.high {
        let largest = max(error.low ?? 0, error.high ?? 0) / (high - interval.low)
        use.error = max(use.error ?? 0, largest)
      }
      uses[interval.method] = use
    }
    for record in reading.scorecard.calibration.slices {
      for estimate in [record.slope, record.intercept, record.debiased] {
        guard let method = estimate?.interval?.method else { continue }
        uses[method, default: Use()].count += 1
      }
    }
    return uses.sorted { ($0.value.count, $1.key) > ($1.value.count, $0.key) }.map { ($0, $1) }
  }

  /// How much less than independent rows the rows of the table say.
  private var designEffects: [Block] {
    let metrics = reading.metrics.filter { metric in
      reading.scorecard.measurements.contains { $0.metric == metric && $0.designEffect != nil }
    }
    guard !metrics.isEmpty else { return [] }
    let models = reading.plotted
    let rows = metrics.map { metric in
      DocumentTable.Row(
        .words(reading.title(metric)),
        models.map { model in
          reading.measurement(model, metric, .overall)?.designEffect.map {
            .number(Format.number($0))
          } ?? DocumentTable.Cell(.status, "not reckoned")
        })
    }
    let table = DocumentTable(
      caption: """
        How many rows of this table tell as much as one independent, unweighted row: the variance over \
        that of as many such rows, for everybody.
        """,
      columns: [.init("Metric")] + models.map { .init(reading.labels[$0], .trailing) },
      groups: [.init("", rows)])
    return [.disclosure("Design effects", [.table(table)])]
  }
}

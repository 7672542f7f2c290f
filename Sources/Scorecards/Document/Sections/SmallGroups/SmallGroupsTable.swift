// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The groups with the fewest rows behind a rate: raw, shrunk, from their parts, and how far at most from
/// everybody.
struct SmallGroupsTable {
  private static let width = 150.0
  let reading: Reading
  let model: String

  private struct Member {
    var group: GroupEstimate
    var bound: SimultaneousBound?
  }

  var blocks: [Block] {
    let groups = SmallGroupsSection.metrics.map { (metric: $0, members: members($0)) }
      .filter { !$0.members.isEmpty }
    guard !groups.isEmpty else { return [] }
    let all = groups.flatMap(\.members)
    let axis = Axis(covering: 0...max(0.01, all.map(highest).max() ?? 1), steps: 4)
    let table = DocumentTable(
      caption: """
        Model \(reading.labels[model]): the smallest groups that are compared, rate by rate. Raw with its own \
        \(reading.level) interval; shrunk with one that holds on average over groups; difference to \
        everybody with bounds that hold for all slices at once.
        """,
      columns: [
        .init("Group"), .init("n", .trailing),
        .init("", axis: .axis(StripAxis(title: "Scale of rates", axis: axis, width: Self.width))),
        .init("Raw", mark: .mark(series: 0, filled: false)),
        .init("Shrunk", mark: .mark(series: 1, filled: true)), .init("From its parts"),
        .init("To everybody"),
      ],
      groups: groups.map { metric, members in
        .init(reading.title(metric), members.map { row(metric, $0, axis) })
      })
    return [.table(table)]
  }

  /// The smallest groups that are compared at all, smallest first: of a handful of rows nothing can be
  /// said. Where there are too few such groups, those below them.
  private func members(_ metric: String) -> [Member] {
    let bounds = Dictionary(
      (reading.simultaneousBounds(model, metric)?.slices ?? []).map { ($0.slice, $0) },
      uniquingKeysWith: { first, _ in first })
    let most = max(2, 14 / (reading.models.count + 1))
    let groups = reading.groupEstimates(model, metric).flatMap(\.groups)
      .sorted { ($0.denominator, $0.slice) < ($1.denominator, $1.slice) }
    let minimum = Int(reading.number("minimum", or: 10))
    let first = groups.firstIndex { $0.denominator >= minimum } ?? groups.endIndex
    let start = max(0, min(first, groups.count - most))
    return groups[start...].prefix(most).map { Member(group: $0, bound: bounds[$0.slice]) }
  }

  private func highest(_ member: Member) -> Double {
    max(member.group.value, member.group.interval?.high ?? 0, member.group.shrunk)
  }

  private func row(_ metric: String, _ member: Member, _ axis: Axis) -> DocumentTable.Row {
    let group = member.group
    let raw = reading.measurement(model, metric, group.slice)?.interval
    let overall = reading.measurement(model, metric, .overall)?.value
    let marks = [
      StripChart.Mark(series: 0, value: group.value, low: raw?.low, high: raw?.high, filled: false),
      StripChart.Mark(
        series: 1, value: group.shrunk, low: group.interval?.low, high: group.interval?.high,
        filled: true),
    ]
    let chart = Chart.strip(
      StripChart(axis: axis, marks: marks, rules: overall.map { [$0] } ?? [], width: Self.width))
    return DocumentTable.Row(
      .words(reading.labels[group.slice]),
      [
        .number(Format.count(group.denominator)), .chart(chart),
        number(group.value, raw.map { Format.interval($0.low, $0.high) }),
        number(
          group.shrunk,
          group.interval.map { Format.interval($0.low ?? 0, $0.high) } ?? "no interval: few groups"),
        group.structured.map { .number(Format.number($0)) }
          ?? DocumentTable.Cell(.status, "one attribute"),
        member.bound.map { number($0.difference, Format.interval($0.low, $0.high)) }
          ?? DocumentTable.Cell(.status, "not bounded"),
      ])
  }

  private func number(_ value: Double, _ detail: String?) -> DocumentTable.Cell {
    .number(Format.number(value), detail: detail ?? "")
  }
}

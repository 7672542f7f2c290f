// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandScorecards

/// An answer about power in words and tables.
struct PowerDocument {
  let report: PowerReport
  /// A terminal shows so many rows of a table: longer ones are split.
  let rowsInTable: Int

  init(_ report: PowerReport, rowsInTable: Int = .max) {
    self.report = report
    self.rowsInTable = rowsInTable
  }

  var document: Document {
    if let table = report.table {
      return PowerTableDocument(report: report, table: table, rowsInTable: rowsInTable).document
    }
    var blocks: [Block] = [.paragraph(RichText(supposition)), .table(answers)]
    blocks += remarks.map { .paragraph(RichText($0)) }
    if !report.curve.isEmpty {
      blocks.append(
        .section(
          Section(
            "curve", "Power", inSummary: true, [.table(curve)])))
    }
    return Document(title: title, blocks: blocks)
  }

  // MARK: Words

  private var request: PowerRequest { report.request }

  /// The answer in a few words.
  private var title: String {
    let answers = report.answers.filter { $0.status == .ok }
    switch request.question {
    case .sampleSize:
      guard let most = answers.compactMap(\.n).max(by: { $0.group < $1.group }) else {
        return "Rows needed: no number is enough"
      }
      return most.group == most.reference
        ? "Rows needed: \(Format.count(most.group)) in each of the two groups"
        : "Rows needed: \(Format.count(most.reference)) of the reference, "
          + "\(Format.count(most.group)) of the group"
    case .power:
      return "Power: " + (answers.compactMap(\.power).min().map(Format.percent) ?? "unknown")
    case .detectableGap, .table:
      let gaps = answers.compactMap(\.gap).map { Self.signed($0).text }
      return "Detectable gap: " + (gaps.isEmpty ? "none" : gaps.joined(separator: " or "))
    }
  }

  private var what: String {
    switch request.test {
    case .difference: "the rates differ"
    case .ratio: "the ratio of the rates is \(beyond)"
    case .nonInferiority:
      "the group's rate is not lower by \(Format.number(request.margin ?? 0))"
    case .equivalence: "the rates differ by less than \(Format.number(request.margin ?? 0))"
    case .meanDifference: "the means differ"
    case .areaDifference: "the areas differ"
    }
  }

  /// On which side of the excluded ratio the true one is supposed.
  private var beyond: String {
    let limit = request.limit ?? 1
    if limit == 1 { return "not 1" }
    let isAbove = report.answers.contains { ($0.ratio ?? limit) > limit }
    return "\(isAbove ? "above" : "below") \(Format.number(limit))"
  }

  private var supposition: String {
    let level = Format.level(request.confidence)
    let chance = request.power.map { " with power \(Format.level($0))" } ?? ""
    return "To establish that \(what), by a \(level) interval\(chance)\(among)."
      + (clustered.map { " " + $0 } ?? "")
  }

  private var among: String {
    let comparisons = request.comparisons
    guard let groups = comparisons.groups, let count = comparisons.count,
      let critical = comparisons.critical
    else { return "" }
    let kind = comparisons.kind == .pairs ? "all pairs" : "each with the reference"
    return ", which holds at once for \(Format.plural(count, "comparison")) of \(groups) groups "
      + "(\(kind); critical value \(Format.number(critical)))"
  }

  private var clustered: String? {
    request.cluster.map {
      "Rows come in clusters of \($0.size) with correlation \(Format.number($0.correlation)): "
        + "design effect \(Format.number($0.designEffect))."
    }
  }

  private var remarks: [String] {
    let reasons = report.answers.compactMap(\.reason).map { Format.sentence($0) + "." }
    let isShort = report.answers.contains { answer in
      guard let own = answer.exact?.n, let formula = answer.formula.n else { return false }
      return own.group > formula.group
    }
    guard isShort, let method = report.answers.compactMap(\.exact).first?.method else {
      return reasons
    }
    return reasons + [
      "The formula's rows are too few for the interval that is going to be reported (\(method)), "
        + "for which all counts were enumerated."
    ]
  }

  // MARK: Tables

  private var isMean: Bool { request.test == .meanDifference }
  private var isRatio: Bool { request.test == .ratio }

  private var answers: DocumentTable {
    let isClustered = request.cluster != nil
    var columns: [DocumentTable.Column] = [.init(isRatio ? "Ratio" : "Gap", .trailing)]
    if !isMean {
      columns = [.init("Reference", .trailing), .init("Group", .trailing)] + columns
    }
    columns += [
      .init("n reference", .trailing), .init("n group", .trailing),
    ]
    if isClustered { columns.append(.init("Clusters", .trailing)) }
    if request.question == .sampleSize { columns.append(.init("n by formula", .trailing)) }
    columns += [.init("Power", .trailing), .init("By", .leading)]
    return DocumentTable(
      caption: "What is asked for", columns: columns,
      groups: [.init("", report.answers.map { row($0, isClustered) })])
  }

  private func row(_ answer: PowerAnswer, _ isClustered: Bool) -> DocumentTable.Row {
    var cells: [DocumentTable.Cell] = [
      isRatio ? Self.number(answer.ratio) : Self.signed(answer.gap)
    ]
    if !isMean {
      cells = [Self.number(answer.reference), Self.number(answer.group)] + cells
    }
    cells += [Self.count(answer.n?.reference), Self.count(answer.n?.group)]
    if isClustered {
      cells.append(
        .number(
          answer.clusters.map { "\(Format.count($0.reference)), \(Format.count($0.group))" } ?? "–")
      )
    }
    if request.question == .sampleSize { cells.append(Self.count(answer.formula.n?.group)) }
    cells += [
      Self.number(answer.power), .words(answer.exact?.method ?? answer.formula.method),
    ]
    return DocumentTable.Row(cells[0], Array(cells.dropFirst()))
  }

  private var curve: DocumentTable {
    let isGap = request.question == .detectableGap
    let hasExact = report.curve.contains { $0.exact != nil }
    var columns: [DocumentTable.Column] = [
      .init(isRatio ? "Ratio" : "Gap", .trailing), .init("n reference", .trailing),
      .init("n group", .trailing), .init("Power", .trailing),
    ]
    if hasExact { columns.append(.init("By formula", .trailing)) }
    let rows = report.curve.map { point in
      var cells = [
        Self.count(point.n.reference), Self.count(point.n.group),
        Self.number(point.exact ?? point.formula),
      ]
      if hasExact { cells.append(Self.number(point.formula)) }
      let gap =
        isRatio
        ? Self.number(point.group / point.reference) : Self.signed(point.group - point.reference)
      return DocumentTable.Row(gap, cells)
    }
    return DocumentTable(
      caption: isGap ? "Power by the gap" : "Power by the rows", columns: columns,
      groups: [.init("", rows)])
  }

  // MARK: Cells

  static func number(_ value: Double?) -> DocumentTable.Cell {
    .number(value.map(Format.number) ?? "–")
  }

  static func count(_ value: Int?) -> DocumentTable.Cell {
    .number(value.map(Format.count) ?? "–")
  }

  static func signed(_ value: Double?) -> DocumentTable.Cell {
    .number(value.map { ($0 > 0 ? "+" : "") + Format.number($0) } ?? "–")
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Half-open groups of a number column: edges 25, 45, 65 make "<25", "25–<45", "45–<65", "≥65".
public struct Bins: Sendable, Equatable {
  /// The name of the column that is cut.
  public let column: String
  /// Finite, strictly increasing, at least one.
  public let edges: [Double]

  /// Throws `.usage` for edges that are not finite and strictly increasing, or none.
  public init(column: String, edges: [Double]) throws(DataError) {
    func refusal(_ problem: String, _ value: Double? = nil) -> DataError {
      DataError(
        kind: .usage, problem: problem, column: column, value: value.map { "\($0)" },
        remedy: "Give the edges as COLUMN=25,45,65.")
    }
    if edges.isEmpty { throw refusal("there is no edge to cut at") }
    for edge in edges where !edge.isFinite { throw refusal("an edge is not finite", edge) }
    for (edge, next) in zip(edges, edges.dropFirst()) where edge >= next {
      throw refusal("the edges do not increase", next)
    }
    self.column = column
    self.edges = edges
  }

  /// From the text "age=25,45,65"; the column is what precedes the last "=".
  public init(parsing text: String) throws(DataError) {
    guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
      throw DataError(
        kind: .usage, problem: "not of the form COLUMN=EDGE,EDGE", value: text,
        remedy: "Write for example age=25,45,65.")
    }
    let column = String(text[..<equals])
    var edges: [Double] = []
    let parts = text[text.index(after: equals)...].split(
      separator: ",", omittingEmptySubsequences: false)
    for part in parts {
      guard case .finite(let edge) = readDecimal(Array(part.utf8).span) else {
        throw DataError(
          kind: .usage, problem: "an edge is not a finite number", column: column,
          value: String(part), remedy: "Give the edges as COLUMN=25,45,65.")
      }
      edges.append(edge)
    }
    try self.init(column: column, edges: edges)
  }

  /// The groups' names from the lowest up.
  public var labels: [String] {
    let texts = edges.map { edge in
      let text = "\(edge == 0 ? 0 : edge)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    let inner = zip(texts, texts.dropFirst()).map { "\($0)–<\($1)" }
    return ["<\(texts.first ?? "")"] + inner + ["≥\(texts.last ?? "")"]
  }

  /// Each number's group: the number of edges that do not exceed it.
  ///
  /// Missing stays missing, and groups without a row are left out.
  public func cut(_ numbers: NumberColumn) -> CategoryColumn {
    let codes = numbers.values.map { $0.isNaN ? -1 : Int32(edgeCount(notAbove: $0)) }
    return CategoryColumn(name: numbers.name, codes: codes, values: labels, kind: .text)
      .compacted()
  }

  /// The table with its number column cut; throws `.usage` if there is no such number column.
  public func cut(_ table: Table) throws(DataError) -> Table {
    try table.replacing(.category(cut(table.number(column))))
  }

  private func edgeCount(notAbove value: Double) -> Int {
    var low = 0
    var high = edges.count
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

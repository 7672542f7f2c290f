// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandTabular
import Foundation

/// Several tables of predictions for the same rows, joined by id: the first gives labels and attributes,
/// the others columns of their models.
///
/// A column of a further table is called by its name, or by FILE.NAME, FILE being the table's name
/// without its ending, where another table has a column of that name.
struct ModelTables {
  let settings: Settings
  let reader: TableReader
  let paths: [String]

  private struct Further {
    var file: InputFile
    var stem: String
    var columns: [String]
    /// By the name that the configuration has for it: the column as the file names it.
    var wanted: [(request: ColumnRequest, own: String)] = []
  }

  /// The joined table, the files behind it, and what is to be said of rows without a partner.
  func read(for configuration: Configuration) throws -> (Table, [Provenance.Input], [Warning]) {
    let first = TableSource(settings: settings, reader: reader, path: paths[0])
    guard paths.count > 1 else {
      let (table, inputs) = try first.read(for: configuration)
      return (table, inputs, [])
    }
    guard let keys = settings.list("id"), !keys.isEmpty else {
      throw Failure(
        .usage, "\(paths.count) tables are joined by an id: name its column or columns with --id")
    }
    guard paths.count(where: { $0 == "-" }) <= 1 else {
      throw Failure(.usage, "only one table can come from standard input")
    }
    let own = try reader.columnNames(of: try InputFile.open(path: paths[0]))
    var further = try paths.dropFirst().map { path in
      let file = try InputFile.open(path: path)
      return Further(file: file, stem: Self.stem(path), columns: try reader.columnNames(of: file))
    }
    var requests: [ColumnRequest] = []
    for request in configuration.columnRequests {
      if let (place, name) = try place(of: request.name, own, further) {
        further[place].wanted.append((request, name))
      } else {
        requests.append(request)
      }
    }
    let ids = keys.map { ColumnRequest(name: $0, kind: .category, role: "id") }
    var (table, inputs) = try first.read(
      requests
        + ids.filter { id in !requests.contains { $0.name == id.name && $0.kind == id.kind } },
      isClustered: configuration.cluster != nil, isJoined: true)
    let join = PredictionJoin(keys: keys, allowUnmatched: try settings.flag("allow_unmatched"))
    var warnings: [Warning] = []
    for other in further {
      guard !other.wanted.isEmpty else {
        throw Failure(
          .usage,
          "\(other.file.name): no model uses a column of this table; name one with --model or "
            + "--decision (NAME=\(other.stem).COLUMN). It has \(other.columns.joined(separator: ", "))"
        )
      }
      inputs.append(Provenance.Input(role: "predictions", file: other.file))
      let part = try read(other, ids, label: configuration.label)
      let joined = try join.join(table, part, adding: other.wanted.map(\.request.name))
      try compareLabels(table, part, configuration.label, keys)
      table = joined.table
      if joined.unmatched + joined.unused > 0 {
        warnings.append(
          Warning(
            "unmatched_rows",
            "\(joined.unmatched) rows of \(paths[0]) have no partner in \(other.file.name) and are "
              + "left out of what needs it; \(joined.unused) rows of \(other.file.name) have none in "
              + "\(paths[0]) and are left out."))
      }
    }
    return (table, inputs, warnings)
  }

  /// How the tables were read and joined, as it stands in the scorecard's configuration.
  func record() throws -> [String: ConfigurationValue] {
    try TableSource(settings: settings, reader: reader, path: paths[0]).record()
  }

  /// Which further table a column comes from, and what it is called there; `nil`: the first one.
  private func place(of name: String, _ own: [String], _ further: [Further]) throws
    -> (Int, String)?
  {
    if own.contains(name) { return nil }
    for (place, other) in further.enumerated() where name.hasPrefix(other.stem + ".") {
      let rest = String(name.dropFirst(other.stem.count + 1))
      if other.columns.contains(rest) { return (place, rest) }
    }
    let holders = further.indices.filter { further[$0].columns.contains(name) }
    guard holders.count < 2 else {
      let forms = holders.map { "\(further[$0].stem).\(name)" }.joined(separator: " or ")
      throw Failure(.usage, "several tables have a column '\(name)': write \(forms)")
    }
    return holders.first.map { ($0, name) }
  }

  /// The wanted columns of a further table by the names that the configuration has for them.
  private func read(_ other: Further, _ ids: [ColumnRequest], label: String?) throws -> Table {
    var requests = other.wanted.map {
      ColumnRequest(name: $0.own, kind: $0.request.kind, role: $0.request.role)
    }
    if let label, other.columns.contains(label) {
      requests.append(ColumnRequest(name: label, kind: .category, role: "label"))
    }
    let read = try reader.read(other.file, columns: requests + ids)
    var result = read
    for (request, own) in other.wanted where request.name != own {
      guard let column = read[own] else { continue }
      result = try result.replacing(column.renamed(request.name))
    }
    return result
  }

  /// A label that both tables have must be the same in every row: else they are not the same rows.
  private func compareLabels(
    _ first: Table, _ other: Table, _ label: String?, _ keys: [String]
  ) throws {
    guard let label, first[label] != nil, other[label] != nil else { return }
    let renamed = try Table(
      source: other.source,
      columns: other.columns.map { $0.name == label ? $0.renamed(label + " ") : $0 })
    let join = AttributeJoin(keys: keys, allowUnmatched: true)
    let both = try join.join(first, renamed, adding: [label + " "]).table
    let (own, theirs) = (try both.category(label), try both.category(label + " "))
    for row in own.codes.indices where own.codes[row] >= 0 && theirs.codes[row] >= 0 {
      let (a, b) = (own.values[Int(own.codes[row])], theirs.values[Int(theirs.codes[row])])
      guard a != b else { continue }
      throw DataError(
        problem: "the same id has the label '\(b)' in \(other.source)", file: first.source,
        line: first.line(ofRow: row), column: label, value: a,
        remedy: "Both tables must hold the same rows with the same labels.")
    }
  }

  /// The name of a file without its directory and endings.
  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return String(name.prefix { $0 != "." })
  }
}

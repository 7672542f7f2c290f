// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandTabular

/// The predictions, joined with attributes that are kept apart.
struct TableSource {
  let settings: Settings
  let reader: TableReader
  let path: String

  func read(for configuration: Configuration) throws -> (Table, [Provenance.Input]) {
    try read(configuration.columnRequests, isClustered: configuration.cluster != nil)
  }

  /// - Parameters:
  ///   - requests: the columns to read, of this table or of the attributes.
  ///   - isClustered: whether an id may occur more than once.
  ///   - isJoined: whether the table is joined by its id to others, too.
  func read(_ requests: [ColumnRequest], isClustered: Bool, isJoined: Bool = false) throws
    -> (Table, [Provenance.Input])
  {
    let file = try InputFile.open(path: path)
    var inputs = [Provenance.Input(role: "predictions", file: file)]
    guard let attributesPath = try settings.text("attributes") else {
      if settings.list("id") != nil, !isJoined {
        throw settings.failure("id", "there is nothing to join: name a table with --attributes")
      }
      if !isJoined, try settings.flag("allow_unmatched") {
        throw settings.failure("allow_unmatched", "there is no --attributes table to match")
      }
      return (try reader.read(file, columns: requests), inputs)
    }
    guard let keys = settings.list("id"), !keys.isEmpty else {
      throw settings.failure("attributes", "name the id column of both tables with --id")
    }
    guard !(path == "-" && attributesPath == "-") else {
      throw settings.failure("attributes", "only one table can come from standard input")
    }
    let attributesFile = try InputFile.open(path: attributesPath)
    inputs.append(Provenance.Input(role: "attributes", file: attributesFile))
    let own = try reader.columnNames(of: file)
    let apart = try reader.columnNames(of: attributesFile)
    let ids = keys.map { ColumnRequest(name: $0, kind: .category, role: "id") }
    // A column that only the attributes have comes from there; what neither has is asked of the
    // predictions, whose error then names it.
    let joined = requests.filter { !own.contains($0.name) && apart.contains($0.name) }
    for request in requests where !keys.contains(request.name) {
      guard !own.contains(request.name) || !apart.contains(request.name) else {
        throw DataError(
          kind: .usage, problem: "the column is in \(attributesFile.name) too", file: file.name,
          column: request.name, remedy: "Rename or remove one of them.")
      }
    }
    let kept = requests.filter { request in !joined.contains(request) }
    let predictions = try reader.read(file, columns: merged(kept, ids))
    let join = AttributeJoin(keys: keys, allowUnmatched: try settings.flag("allow_unmatched"))
    if !isClustered, let repeated = try join.repeatedIds(in: predictions) {
      let lines = repeated.exampleLines.prefix(2).map { "\($0)" }.joined(separator: " and ")
      throw DataError(
        problem: "\(repeated.rowCount) rows have an id that occurs more than once"
          + (lines.isEmpty ? "" : " (here in lines \(lines))"),
        file: predictions.source, line: repeated.exampleLines.first,
        column: keys.joined(separator: ","), value: repeated.example,
        remedy: "Rows of one person are not independent: add --cluster \(keys[0]).")
    }
    let attributes = try reader.read(attributesFile, columns: merged(joined, ids))
    let result = try join.join(predictions, attributes, adding: joined.map(\.name))
    return (result.table, inputs)
  }

  /// How the table was read and joined, as it stands in the scorecard's configuration.
  func record() throws -> [String: ConfigurationValue] {
    func texts(_ list: [String]?) -> ConfigurationValue {
      list.map { .list($0.map { .text($0) }) } ?? .null
    }
    let delimiter = reader.delimiter.map { String(decoding: [$0], as: UTF8.self) }
    return [
      "attributes": try settings.text("attributes").map { .text($0) } ?? .null,
      "id": texts(settings.list("id")),
      "allow_unmatched": .flag(try settings.flag("allow_unmatched")),
      "delimiter": delimiter.map { .text($0) } ?? .null,
      "missing": texts(reader.missing.sorted()),
    ]
  }

  private func merged(_ requests: [ColumnRequest], _ ids: [ColumnRequest]) -> [ColumnRequest] {
    requests + ids.filter { id in !requests.contains { $0.name == id.name && $0.kind == id.kind } }
  }
}

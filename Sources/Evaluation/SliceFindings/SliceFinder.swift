// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSliceSearch
public import EvenhandTabular

/// Searches a table for the slices on which a model fails most.
///
/// All slices up to a depth with the minimum support are one family. Each has SliceLine's score, which
/// orders them, and a p-value from permuting the errors across the rows, adjusted over the family, which
/// decides what is established. Established slices that add nothing to others are folded into them.
public struct SliceFinder: Sendable {
  /// How many folded slices a slice lists.
  public static let mostFolded = 50
  public let request: SliceRequest

  public init(_ request: SliceRequest) {
    self.request = request
  }

  /// - Parameter table: with every column of `request.columnRequests`.
  /// - Throws: `ConfigurationError`, `DataError`.
  public func find(in table: Table) throws -> SliceFindings {
    try request.validate()
    do {
      return try run(table)
    } catch let error as SliceSearchError {
      if case .familyTooLarge(let limit) = error {
        throw ConfigurationError(
          "more than \(limit) slices have the minimum support: raise --minimum, lower --depth, or "
            + "search fewer columns")
      }
      throw ConfigurationError("the slices cannot be searched: \(error)")
    }
  }

  private func run(_ table: Table) throws -> SliceFindings {
    let rows = try SearchRows(table, request)
    guard rows.used > 0 else {
      throw DataError(
        problem: "no row is left to search"
          + (rows.leftOut.first.map { " (\($0.reason))" } ?? ""), file: table.source)
    }
    let split = try splitRows(rows, table)
    let minimum = request.minimum ?? max(32, (split.searched.total + 99) / 100)
    guard split.searched.total >= minimum else {
      throw DataError(
        problem: "\(split.searched.total) rows are fewer than the \(minimum) that a slice needs",
        file: table.source, remedy: "Search more rows, or lower --minimum.")
    }
    let family = try EnumeratedFamily(
      split.searched, depth: request.depth, minimumSupport: minimum, limit: SliceRequest.mostSlices)
    guard !family.slices.isEmpty else {
      throw DataError(
        problem: "no slice of the searched columns has \(minimum) rows, and others beside it",
        file: table.source, remedy: "Lower --minimum, or cut numbers with --bins.")
    }
    let searches = try request.target.directions.enumerated().map { place, direction in
      try SliceSearching(request, split, family, direction, number: place).search()
    }
    return SliceFindings(
      model: request.model?.name, target: request.target.id, lossColumn: request.target.column,
      data: SearchData(
        rows: rows.total, searched: split.searched.total, heldOut: split.heldOut,
        leftOut: rows.leftOut),
      columns: rows.columns,
      settings: SearchSettings(
        depth: request.depth, minimum: minimum, alpha: request.alpha,
        confidence: request.confidence, replicates: request.replicates, top: request.top),
      searches: searches, warnings: warnings(rows, family))
  }

  private func splitRows(_ rows: SearchRows, _ table: Table) throws -> SearchTable {
    do {
      let split = try SearchTable(rows, request)
      if request.holdout != nil, split.heldOut == 0 {
        throw DataError(problem: "no row is held out", file: table.source)
      }
      return split
    } catch SliceSearchError.noRows {
      throw DataError(
        problem: "no row is left to search", file: table.source, remedy: "Hold out fewer rows.")
    }
  }

  private func warnings(_ rows: SearchRows, _ family: EnumeratedFamily) -> [Warning] {
    let used = Set(family.slices.lazy.flatMap(\.predicates).map(\.feature))
    let idle = rows.columns.indices.filter { !used.contains($0) }.map { rows.columns[$0].name }
    guard !idle.isEmpty else { return [] }
    return [
      Warning(
        "column_without_slices",
        "No value of \(idle.joined(separator: ", ")) makes a slice: each has fewer than "
          + "\(family.minimumSupport) rows, or all of them.")
    ]
  }
}

// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandSigning
import Foundation

/// A scorecard made again from its data, by the way that `evaluate` makes one.
struct Recomputation {
  let card: Scorecard
  let file: InputFile
  /// The tables as they were given to the verb that made it: one, or several that are joined.
  let data: [String]
  let attributes: String?

  /// What is no number of the data: how, when and about what it was made, and what others add.
  private static let leftOut: Set = [
    "schema", "provenance", "configuration", "metadata", "gates", "kpis", "warnings",
  ]
  /// Allowed between versions, processors and builds of the linear algebra.
  private static let tolerance = 1e-9

  func check(in report: inout Verification) throws {
    let source = try source()
    let isSame = try checkInputs(in: &report)
    let again: Scorecard
    do {
      again = try evaluate(source)
    } catch {
      // Other data than were recorded have failed already; that they do not even fit is no more.
      guard !isSame else { throw error }
      let tables = data.joined(separator: ", ")
      return report.fail("\(tables): cannot be evaluated: \(Failure(error).message)")
    }
    try compare(again, in: &report)
  }

  private func source() throws -> (Configuration, ModelTables) {
    var settings = try Settings(recorded: card.configuration, in: file.name)
    switch (try settings.text("attributes"), attributes) {
    case (nil, nil): break
    case (nil, _?):
      throw Failure(.usage, "--attributes: the scorecard was made without such a table")
    case (let recorded?, nil):
      throw Failure(.usage, "attributes were joined from '\(recorded)': add --attributes FILE")
    case (_?, let given?): settings.set("attributes", given)
    }
    do {
      let (configuration, reader) = try settings.resolve()
      return (configuration, ModelTables(settings: settings, reader: reader, paths: data))
    } catch let error as Failure where error.code == .usage {
      throw Failure(.data, error.message)
    }
  }

  /// Whether all files are those that were recorded.
  private func checkInputs(in report: inout Verification) throws -> Bool {
    let given =
      data.map { ("predictions", $0) } + (attributes.map { [("attributes", $0)] } ?? [])
    var isSame = true
    for (place, (role, path)) in given.enumerated() {
      let found = try InputFile.open(path: path).fingerprint.sha256
      let ofRole = card.provenance.inputs.filter { $0.role == role }.map(\.sha256)
      // Tables of predictions in their order; there is one of attributes at most.
      let recorded = ofRole.dropFirst(role == "predictions" ? place : 0).first
      if found == recorded {
        report.state("Data: SHA-256 of \(path) as recorded (\(role))")
      } else {
        isSame = false
        report.fail(
          "\(path): SHA-256 is \(found), expected \(recorded ?? "none") as the scorecard records "
            + "for its \(role)")
      }
    }
    return isSame
  }

  private func evaluate(_ source: (Configuration, ModelTables)) throws -> Scorecard {
    let (configuration, tables) = source
    let (table, inputs, _) = try tables.read(for: configuration)
    return try Scorecard(
      table, configuration, inputs: inputs, reading: try tables.record(), isQuiet: false)
  }

  private func compare(_ again: Scorecard, in report: inout Verification) throws {
    let (here, there) = (again.provenance, card.provenance)
    let isSameBuild =
      here.evenhandVersion == there.evenhandVersion
      && here.linearAlgebraCore == there.linearAlgebraCore
      && here.linearAlgebra == there.linearAlgebra
    let comparison = try JSONComparison(
      stored: file.data, found: try again.json(), leavingOut: Self.leftOut,
      tolerance: isSameBuild ? 0 : Self.tolerance)
    let builds =
      isSameBuild
      ? "version \(here.evenhandVersion) and core \(here.linearAlgebraCore), as recorded"
      : "recorded by version \(there.evenhandVersion) on core \(there.linearAlgebraCore), here "
        + "version \(here.evenhandVersion) on core \(here.linearAlgebraCore)"
    guard comparison.differenceCount == 0 else {
      let first = comparison.differences.map {
        "\($0.path) is \($0.stored) in the scorecard, \($0.found) from the data"
      }
      let more = comparison.differenceCount - first.count
      return report.fail(
        "recomputed: \(comparison.differenceCount) of \(comparison.valueCount) values differ "
          + "(\(builds)): \(first.joined(separator: "; "))" + (more > 0 ? "; \(more) more" : ""))
    }
    let words =
      comparison.roundedCount == 0
      ? "identical"
      : "within \(Self.tolerance), \(comparison.roundedCount) of them not identical, the largest "
        + "relative difference \(comparison.largestRelative)"
    report.state("Recomputed: \(comparison.valueCount) values \(words) (\(builds))")
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import EvenhandScorecards
import EvenhandTabular
import Foundation

/// `evenhand inspect TABLE`: what is in a file, and a configuration to start from.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show what is in a table, and a configuration to start from.",
    discussion: "The configuration can be saved: evenhand inspect TABLE --yaml > evenhand.yaml")

  @Argument(help: "The table; '-' reads standard input.")
  var table: String
  @Flag(help: "Print the configuration only.")
  var yaml = false
  @Option(help: ArgumentHelp("',', ';', '|' or 'tab'; detected otherwise.", valueName: "mark"))
  var delimiter: String?
  @Option(help: ArgumentHelp("Texts that stand for a missing value: NA,NULL…", valueName: "texts"))
  var missing: String?
  @Option(help: ArgumentHelp("Threads to use; no number depends on it.", valueName: "n"))
  var threads: String?

  func run() throws {
    var settings = Settings()
    settings.set("delimiter", delimiter)
    settings.set("missing", missing)
    settings.set("threads", threads)
    let file = try InputFile.open(path: table)
    let inspection = try settings.reader().inspect(file)
    let start = StartingConfiguration(inspection, path: table)
    let text = yaml ? start.yaml : Self.listing(inspection) + "\n" + start.explained
    try StandardOutput.write(Data(text.utf8))
  }

  private static func listing(_ inspection: Inspection) -> String {
    let rows = inspection.columns.map { column in
      let range = column.range.map { "\($0.lowerBound) … \($0.upperBound)" }
      let values = column.frequent.prefix(4).map { "\(shown($0.value)) (\($0.count))" }
      return [
        shown(column.name), column.kind.rawValue, "\(column.distinctCount)",
        "\(column.missingCount)",
        column.distinctCount > 20
          ? range ?? values.joined(separator: ", ")
          : values.joined(separator: ", ") + (column.distinctCount > 4 ? ", …" : ""),
      ]
    }
    let head = ["column", "kind", "distinct", "missing", "values"]
    let widths = head.indices.map { index in
      ([head] + rows).map { $0[index].count }.max() ?? 0
    }
    let lines = ([head] + rows).map { row in
      zip(row, widths).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
        .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }.map { line in
      // A line that wraps breaks the columns; a pipe gets all of it.
      Terminal.isTerminal && line.count > Terminal.width
        ? line.prefix(Terminal.width - 1) + "…" : line
    }
    return
      "\(inspection.source): \(inspection.rowCount) rows, \(inspection.columns.count) columns\n\n"
      + lines.joined(separator: "\n") + "\n"
  }

  /// A name that is safe to print on a terminal and not too long.
  private static func shown(_ text: String) -> String {
    String(Visible.spelledOut(text).prefix(40))
  }
}

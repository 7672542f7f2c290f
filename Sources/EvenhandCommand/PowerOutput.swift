// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandScorecards
import Foundation

/// Writes an answer in the wanted format, to standard output or into a file.
struct PowerOutput: Sendable {
  enum Format: String, CaseIterable, Sendable {
    case terminal, markdown, json
  }

  let format: Format
  let path: String

  init(_ settings: Settings) throws {
    path = try settings.text("output") ?? "-"
    guard !path.isEmpty else {
      throw settings.failure("output", "a file is expected, or '-' for standard output")
    }
    guard let name = try settings.text("format") else {
      format = path.hasSuffix(".json") ? .json : path.hasSuffix(".md") ? .markdown : .terminal
      return
    }
    guard let format = Format(rawValue: name == "md" ? "markdown" : name) else {
      let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw settings.failure("format", "'\(name)' is not one of \(known)")
    }
    self.format = format
  }

  func write(_ report: PowerReport) throws {
    let data = try content(report)
    if path == "-" { return try StandardOutput.write(data) }
    try OutputFile.write(data, to: path)
  }

  private func content(_ report: PowerReport) throws -> Data {
    switch format {
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      return try encoder.encode(report) + Data("\n".utf8)
    case .markdown:
      return Data(MarkdownRenderer.render(PowerDocument(report).document).utf8)
    case .terminal:
      let renderer = TerminalRenderer(
        width: Terminal.width, colour: path == "-" && Terminal.hasColour)
      return Data(renderer.render(PowerDocument(report, rowsInTable: 10).document).utf8)
    }
  }
}

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
    guard !FileManager.default.isDirectory(path) else {
      throw Failure(.cannotCreate, "\(path): this is a directory; choose a file with --output")
    }
    do {
      // A regular file is replaced whole or not at all; devices, pipes and links are written to.
      try data.write(to: URL(fileURLWithPath: path), options: isReplaceable ? .atomic : [])
    } catch {
      throw failure(error)
    }
  }

  private func failure(_ error: any Error) -> Failure {
    switch (error as? CocoaError)?.code {
    case .fileWriteOutOfSpace:
      Failure(.writeFailed, "\(path): writing failed: no space is left; free some")
    case .fileWriteUnknown:
      Failure(.writeFailed, "\(path): writing failed; choose another file with --output")
    default:
      Failure(
        .cannotCreate,
        "\(path): cannot create the file; is the directory there and writable?")
    }
  }

  private var isReplaceable: Bool {
    let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return kind == nil || kind == .typeRegular
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

// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandEvaluation
import EvenhandParallel
import Foundation

/// Writes a scorecard in the wanted formats, all of them or none.
struct OutputSink: Sendable {
  enum Format: String, CaseIterable, Sendable {
    case html, markdown, json, terminal

    /// What a file's name ends with.
    var ending: String {
      switch self {
      case .html: "html"
      case .markdown: "md"
      case .json: "json"
      case .terminal: "txt"
      }
    }
  }

  let formats: [Format]
  let directory: String
  let isQuiet: Bool
  /// The name of the directory by default, and of the files without their endings.
  let name: String

  init(_ settings: Settings, name: String = "scorecard") throws {
    self.name = name
    directory = try settings.text("output") ?? name
    guard !directory.isEmpty else {
      throw settings.failure("output", "a directory is expected, or '-' for standard output")
    }
    isQuiet = try settings.flag("quiet")
    let names = settings.list("format")
    let wanted = try (names ?? (directory == "-" ? ["terminal"] : ["html", "markdown", "json"])).map
    {
      guard let format = Format(rawValue: $0 == "md" ? "markdown" : $0) else {
        let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
        throw settings.failure("format", "'\($0)' is not one of \(known)")
      }
      return format
    }
    formats = Format.allCases.filter(wanted.contains)
    guard directory != "-" || formats.count == 1 else {
      throw settings.failure("format", "standard output takes one format, such as --format json")
    }
  }

  func write(_ scorecard: Scorecard) throws {
    try write(Document(scorecard)) { try scorecard.json() }
  }

  /// - Parameter json: the document's numbers.
  func write(
    _ document: @autoclosure @Sendable () -> Document, json: @Sendable () throws -> Data
  ) throws {
    if directory == "-" {
      return try StandardOutput.write(content(formats[0], document, json))
    }
    // Numbers and text do not wait for each other.
    let parts = try Parallel(threads: nil).map(2) { part in
      Result { part == 0 ? try numbers(json) : try text(document, json) }
    }.map { try $0.get() }
    let files = parts.flatMap(\.files)
    try OutputDirectory(path: directory).replace(files)
    guard let document = parts[1].document, !isQuiet else { return }
    let summary = TerminalRenderer(width: Terminal.width, colour: Terminal.hasColour)
      .render(document)
    let places = formats.map { "\(directory)/\(fileName($0))" }.joined(separator: "\n  ")
    try StandardOutput.write(Data("\(summary)\nWritten:\n  \(places)\n".utf8))
  }

  /// Files by name, and the document if it was made for them.
  private typealias Part = (files: [(name: String, data: Data)], document: Document?)

  private func numbers(_ json: () throws -> Data) throws -> Part {
    (formats.contains(.json) ? [(fileName(.json), try json())] : [], nil)
  }

  private func text(_ document: () -> Document, _ json: () throws -> Data) throws -> Part {
    let wanted = formats.filter { $0 != .json }
    guard !wanted.isEmpty || !isQuiet else { return ([], nil) }
    let made = document()
    return (try wanted.map { (fileName($0), try content($0, { made }, json)) }, made)
  }

  private func fileName(_ format: Format) -> String { "\(name).\(format.ending)" }

  private func content(
    _ format: Format, _ document: () -> Document, _ json: () throws -> Data
  ) throws -> Data {
    switch format {
    case .html: Data(HTMLRenderer.render(document()).utf8)
    case .markdown: Data(MarkdownRenderer.render(document()).utf8)
    case .json: try json()
    case .terminal:
      Data(
        TerminalRenderer(
          width: Terminal.width, colour: directory == "-" && Terminal.hasColour
        ).render(document()).utf8)
    }
  }
}

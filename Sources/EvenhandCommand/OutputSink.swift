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
  /// How many write at once; `nil` for as many as there are processors.
  let threads: Int?
  /// The name of the directory by default, and of the files without their endings.
  let name: String

  init(_ settings: Settings, name: String = "scorecard") throws {
    self.name = name
    directory = try settings.text("output") ?? name
    guard !directory.isEmpty else {
      throw settings.failure("output", "a directory is expected, or '-' for standard output")
    }
    isQuiet = try settings.flag("quiet")
    threads = try settings.threads()
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
    try write(Document(scorecard)) { try scorecard.json(threads: threads) }
  }

  /// - Parameter json: the document's numbers.
  func write(
    _ document: @autoclosure @Sendable () -> Document, json: @Sendable () throws -> Data
  ) throws {
    if directory == "-" {
      return try StandardOutput.write(content(formats[0], document, json))
    }
    let hasText = !isQuiet || formats.contains { $0 != .json }
    // Numbers and text do not wait for each other.
    let parts = try Parallel(threads: threads).map(hasText ? 2 : 1) { part in
      Result { part == 0 ? try numbers(json) : try text(document, json) }
    }.map { try $0.get() }
    try OutputDirectory(path: directory).replace(parts.flatMap(\.files))
    guard let document = parts.last?.document, !isQuiet else { return }
    let summary = TerminalRenderer(width: Terminal.width, colour: Terminal.hasColour)
      .render(document)
    let places = formats.map { "\(directory)/\(fileName($0))" }.joined(separator: "\n  ")
    try StandardOutput.write(Data("\(summary)\nWritten:\n  \(places)\n".utf8))
  }

  /// Files by name, and the document if they came from it.
  private typealias Part = (files: [(name: String, data: Data)], document: Document?)

  private func numbers(_ json: () throws -> Data) throws -> Part {
    (formats.contains(.json) ? [(fileName(.json), try json())] : [], nil)
  }

  private func text(_ document: () -> Document, _ json: () throws -> Data) throws -> Part {
    let made = document()
    let files = try formats.filter { $0 != .json }.map { format in
      (name: fileName(format), data: try content(format, { made }, json))
    }
    return (files, made)
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

// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandEvaluation
import EvenhandParallel
import Foundation
import Glibc

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
  func write(_ document: Document, json: @Sendable () throws -> Data) throws {
    if directory == "-" {
      return try StandardOutput.write(content(formats[0], document, json))
    }
    let files = try Parallel(threads: nil).map(formats) { format in
      Result { (format, try content(format, document, json)) }
    }.map { try $0.get() }
    let created = Self.firstMissing(above: directory)
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    } catch {
      if let created { try? FileManager.default.removeItem(atPath: created) }
      throw Failure(
        .cannotCreate, "\(directory): cannot create the directory; choose another with --output")
    }
    do {
      try replace(files)
    } catch {
      if let created { try? FileManager.default.removeItem(atPath: created) }
      throw error
    }
    guard !isQuiet else { return }
    let summary = TerminalRenderer(width: Terminal.width, colour: Terminal.hasColour)
      .render(document)
    let places = formats.map { "\(directory)/\(fileName($0))" }.joined(separator: "\n  ")
    try StandardOutput.write(Data("\(summary)\nWritten:\n  \(places)\n".utf8))
  }

  private func fileName(_ format: Format) -> String { "\(name).\(format.ending)" }

  private func content(_ format: Format, _ document: Document, _ json: () throws -> Data) throws
    -> Data
  {
    switch format {
    case .html: Data(HTMLRenderer.render(document).utf8)
    case .markdown: Data(MarkdownRenderer.render(document).utf8)
    case .json: try json()
    case .terminal:
      Data(
        TerminalRenderer(
          width: Terminal.width, colour: directory == "-" && Terminal.hasColour
        ).render(document).utf8)
    }
  }

  /// The topmost directory of the path that is not there yet, to be removed with all below it if
  /// writing fails.
  private static func firstMissing(above path: String) -> String? {
    var missing: String?
    var current = path
    while !current.isEmpty && !FileManager.default.fileExists(atPath: current) {
      missing = current
      current = String(current[..<(current.lastIndex(of: "/") ?? current.startIndex)])
    }
    return missing
  }

  /// Writes all files under temporary names, then renames them.
  private func replace(_ files: [(Format, Data)]) throws {
    for (format, _) in files {
      let target = "\(directory)/\(fileName(format))"
      if FileManager.default.isDirectory(target) {
        throw Failure(.cannotCreate, "\(target): this is a directory; remove it or choose --output")
      }
    }
    var temporary: [(from: String, to: String)] = []
    defer {
      for file in temporary { try? FileManager.default.removeItem(atPath: file.from) }
    }
    for (format, data) in files {
      let target = "\(directory)/\(fileName(format))"
      let draft = "\(directory)/.\(fileName(format)).\(ProcessInfo.processInfo.processIdentifier)"
      temporary.append((draft, target))
      guard FileManager.default.createFile(atPath: draft, contents: nil),
        let handle = FileHandle(forWritingAtPath: draft)
      else {
        throw Failure(
          .cannotCreate, "\(target): cannot create the file; is the directory writable?")
      }
      defer { try? handle.close() }
      do {
        try handle.write(contentsOf: data)
      } catch {
        throw Failure(.writeFailed, "\(target): writing failed: \(Self.reason(error))")
      }
    }
    for file in temporary {
      do {
        try Self.rename(file.from, to: file.to)
      } catch {
        throw Failure(
          .cannotCreate, "\(file.to): cannot replace the file: \(Self.reason(error))")
      }
    }
  }

  /// Renames in place of what is there, at once.
  private static func rename(_ from: String, to target: String) throws {
    // Unsafe: rename takes C strings, which live for the call. FileManager would refuse to replace.
    guard unsafe Glibc.rename(from, target) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  /// What the system says: "No space left on device".
  static func reason(_ error: any Error) -> String {
    // Unsafe: strerror returns a C string, copied here at once.
    unsafe String(cString: strerror(Int32(clamping: code(error))))
  }

  /// The system's number of an error of Foundation.
  static func code(_ error: any Error) -> Int {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return (underlying ?? error as NSError).code
  }
}

/// Standard output, where writing may fail.
enum StandardOutput {
  static func write(_ data: Data) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      // A reader that has seen enough, such as head, closes the pipe: nothing is wrong.
      guard OutputSink.code(error) != Int(EPIPE) else { return }
      throw Failure(.writeFailed, "standard output: writing failed: \(OutputSink.reason(error))")
    }
  }
}

/// What the terminal can show.
enum Terminal {
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether a line of standard error can be written over.
  static var canRewriteErrors: Bool {
    isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  static var hasColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// Columns of the terminal, between 60 and 120.
  static var width: Int {
    var size = winsize()
    // Unsafe: ioctl fills the structure it is given.
    guard isTerminal, unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return 100 }
    return min(max(Int(size.ws_col), 60), 120)
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import Foundation

/// `evenhand render SCORECARD.json`: the same document again, in other formats.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Render a scorecard.json as HTML, Markdown or text.",
    discussion: "Nothing is computed: the numbers are those of the file.")

  @Argument(help: "A scorecard.json, or '-' for standard input.")
  var scorecard: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    var settings = Settings()
    output.apply(to: &settings)
    let sink = try OutputSink(settings)
    let file = try InputFile.open(path: scorecard)
    let data = file.withBytes { bytes in
      // Unsafe: copies the file's bytes; the pointer is used within this call only.
      unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe Data(buffer: buffer)
      }
    }
    let read: Scorecard
    do {
      read = try Scorecard(json: data)
    } catch {
      throw Failure(
        .data,
        "\(file.name): not a scorecard: \(Self.explain(error)). "
          + "Give the scorecard.json that 'evenhand evaluate' wrote.")
    }
    guard read.schema == Scorecard.currentSchema else {
      throw Failure(
        .data, "\(file.name): schema '\(read.schema)' is not \(Scorecard.currentSchema)")
    }
    try sink.write(read)
  }

  private static func explain(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "there is no '\(key.stringValue)'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of another type"
    default: "it is no valid JSON"
    }
  }
}

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
    let (read, _) = try ScorecardFile.read(path: scorecard)
    try sink.write(read)
  }
}

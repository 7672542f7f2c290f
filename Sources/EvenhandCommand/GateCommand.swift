// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import Foundation

/// `evenhand gate SCORECARD.json POLICY.yaml`: the verdicts of a policy, without the data.
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Judge a scorecard.json by a policy.",
    discussion: """
      Gives the verdicts, bounds and exit code of 'evenhand evaluate --gates' from the scorecard \
      alone. Without --output the verdicts are printed; with it the scorecard is written again with \
      them.

      Exit codes: 0 nothing blocks · 1 a blocking gate failed or could not be measured · 2 one is \
      inconclusive · others as for every verb.

      Example:
        evenhand gate --init hiring > policy.yaml
        evenhand gate scorecard/scorecard.json policy.yaml --junit gates.xml
      """)

  @Argument(help: "A scorecard.json, or '-' for standard input.")
  var scorecard: String?
  @Argument(help: "A policy of gates.")
  var policy: String?

  @Option(
    name: .customLong("init"),
    help: ArgumentHelp(
      "Print a commented policy to start from: hiring, lending, health or generic.",
      valueName: "kind"))
  var start: String?
  @OptionGroup(title: "Output") var output: GateOutputOptions
  @OptionGroup(title: "Pipelines") var verdicts: VerdictOptions

  func run() throws {
    if let start { return try printPolicy(start) }
    guard let scorecard, let policy else {
      throw Failure(
        .usage,
        "a scorecard and a policy are needed: evenhand gate SCORECARD.json POLICY.yaml; "
          + "'evenhand gate --init generic' prints a policy to start from")
    }
    var settings = Settings()
    output.apply(to: &settings)
    verdicts.apply(to: &settings)
    let isWritten = try settings.text("output") != nil
    guard isWritten || settings.list("format") == nil else {
      throw settings.failure("format", "there is nothing to write: add --output")
    }
    let sink = try OutputSink(settings)
    let verdicts = try VerdictSink(settings, isJudged: true)
    let rules = try PolicyFile.read(path: policy)
    var card = try ScorecardFile.read(path: scorecard)
    try card.judge(rules, today: .today())
    if isWritten {
      try sink.write(card)
    } else if !sink.isQuiet {
      let renderer = TerminalRenderer(width: Terminal.width, colour: Terminal.hasColour)
      try StandardOutput.write(Data(renderer.render(Document(gatesOf: card)).utf8))
    }
    try verdicts.finish(card)
  }

  private func printPolicy(_ name: String) throws {
    guard scorecard == nil, policy == nil else {
      throw Failure(.usage, "--init prints a policy and judges nothing: leave out the files")
    }
    guard let kind = StartingPolicy(rawValue: name) else {
      let known = StartingPolicy.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure(.usage, "--init: '\(name)' is not one of \(known)")
    }
    try StandardOutput.write(Data(kind.yaml.utf8))
  }
}

/// Where the judged scorecard goes.
struct GateOutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the judged scorecard to a directory, or '-' for standard output.",
      valueName: "directory"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "html,markdown,json,terminal. (default: html,markdown,json)", valueName: "formats"))
  var format: String?
  @Flag(name: .shortAndLong, help: "Print nothing but annotations.")
  var quiet = false

  func apply(to settings: inout Settings) {
    settings.set("output", output)
    settings.set("format", format)
    settings.set("quiet", quiet)
  }
}

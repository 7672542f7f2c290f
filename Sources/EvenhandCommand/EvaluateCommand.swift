// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import Foundation

/// `evenhand evaluate TABLE`: predictions in, scorecards out.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure models per slice and write the scorecard.",
    discussion: """
      Reads a table of predictions (CSV or JSON Lines; '-' for standard input) and writes \
      scorecard.html, scorecard.md and scorecard.json. Every option is a snake_case key of the file \
      given with --config; options win over the file.

      Example:
        evenhand evaluate predictions.csv --label label --model boosted=score_boosted --by sex,race
      """)

  @Argument(help: "The predictions; '-' reads standard input.")
  var table: String

  @OptionGroup(title: "Columns") var columns: ColumnOptions
  @OptionGroup(title: "Statistics") var statistics: StatisticsOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(name: .long, help: "A configuration file, such as evenhand.yaml.")
  var config: String?

  func run() throws {
    var settings = Settings()
    if let config { try settings.read(path: config) }
    columns.apply(to: &settings)
    statistics.apply(to: &settings)
    output.apply(to: &settings)
    let sink = try OutputSink(settings)
    let (configuration, reader) = try settings.resolve()
    let source = TableSource(settings: settings, reader: reader, path: table)
    let (table, inputs) = try source.read(for: configuration)
    let scorecard = try Scorecard(
      evaluating: table, configuration, metadata: settings.metadata, inputs: inputs)
    try sink.write(scorecard)
  }
}

/// Which column plays which role.
struct ColumnOptions: ParsableArguments {
  @Option(help: "The column of true outcomes. Without it only selection can be measured.")
  var label: String?
  @Option(help: "The label's (and decision's) positive value; known for 1/0, true/false, yes/no.")
  var positive: String?
  @Option(help: "A model and its score column: NAME=COLUMN. May be repeated.")
  var model: [String] = []
  @Option(help: "A model and its column of decisions: NAME=COLUMN. May be repeated.")
  var decision: [String] = []
  @Option(help: "Selected from this score on: [NAME=]T. 0.5 for scores in [0, 1].")
  var threshold: [String] = []
  @Option(help: "'probability' or 'score'; detected from the values otherwise.")
  var scoreKind: String?
  @Option(help: "Attributes to slice by: COLUMN,COLUMN…")
  var by: String?
  @Option(help: "Cut numbers into groups: COLUMN=25,45,65. May be repeated.")
  var bins: [String] = []
  @Option(help: "A table with attributes kept apart, joined by --id.")
  var attributes: String?
  @Option(help: "The id columns of both tables: COLUMN[,COLUMN]")
  var id: String?
  @Flag(help: "Keep predictions without a row in --attributes; their groups are missing.")
  var allowUnmatched = false
  @Option(help: "Sampling or importance weights.")
  var weight: String?
  @Option(help: "How many rows each row stands for.")
  var count: String?
  @Option(help: "Rows with the same value are not independent (several rows a person).")
  var cluster: String?
  @Option(help: "Compare groups within each value of this column too.")
  var condition: String?
  @Option(help: "',', ';', '|' or 'tab'; detected otherwise.")
  var delimiter: String?
  @Option(help: "Texts that stand for a missing value: NA,NULL… (default: empty,NA,NaN,null)")
  var missing: String?

  func apply(to settings: inout Settings) {
    settings.set("label", label)
    settings.set("positive", positive)
    settings.set("model", model)
    settings.set("decision", decision)
    settings.set("threshold", threshold)
    settings.set("score_kind", scoreKind)
    settings.set("by", by)
    settings.set("bins", bins)
    settings.set("attributes", attributes)
    settings.set("id", id)
    settings.set("allow_unmatched", allowUnmatched)
    settings.set("weight", weight)
    settings.set("count", count)
    settings.set("cluster", cluster)
    settings.set("condition", condition)
    settings.set("delimiter", delimiter)
    settings.set("missing", missing)
  }
}

/// The statistical choices.
struct StatisticsOptions: ParsableArguments {
  @Option(help: "How many attributes are crossed at most. (default: 2)")
  var intersections: String?
  @Option(help: "A reference group: COLUMN=VALUE. May be repeated. (default: the largest)")
  var reference: [String] = []
  @Option(help: "The level of all intervals. (default: 0.95)")
  var confidence: String?
  @Option(help: "Bootstrap replicates. (default: 2000)")
  var replicates: String?
  @Option(help: "The seed of all random numbers. (default: 1)")
  var seed: String?
  @Option(help: "'auto': closed forms where they exist; 'bootstrap': replicates. (default: auto)")
  var method: String?
  @Option(help: "Numbers that rest on fewer rows are not compared. (default: 10)")
  var minimum: String?
  @Option(help: "More groups in an attribute are an error. (default: 50)")
  var maxGroups: String?
  @Option(help: "Withhold slices with fewer people, and what would reveal them.")
  var suppressBelow: String?
  @Option(help: "Which decision is good for people: positive, negative, unstated.")
  var favorable: String?
  @Flag(help: "Treat a missing attribute value as a group of its own.")
  var missingAsGroup = false
  @Option(help: "Only these metrics: ID,ID… See 'evenhand metrics'.")
  var metrics: String?
  @Option(help: "Threads to use; no number depends on it.")
  var threads: String?

  func apply(to settings: inout Settings) {
    settings.set("intersections", intersections)
    settings.set("reference", reference)
    settings.set("confidence", confidence)
    settings.set("replicates", replicates)
    settings.set("seed", seed)
    settings.set("method", method)
    settings.set("minimum", minimum)
    settings.set("max_groups", maxGroups)
    settings.set("suppress_below", suppressBelow)
    settings.set("favorable", favorable)
    settings.set("missing_as_group", missingAsGroup)
    settings.set("metrics", metrics)
    settings.set("threads", threads)
  }
}

/// Where the scorecard goes.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "A directory, or '-' for standard output. (default: scorecard)")
  var output: String?
  @Option(help: "html,markdown,json,terminal. (default: html,markdown,json)")
  var format: String?
  @Flag(name: .shortAndLong, help: "Print no summary.")
  var quiet = false

  func apply(to settings: inout Settings) {
    settings.set("output", output)
    settings.set("format", format)
    settings.set("quiet", quiet)
  }
}

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
        evenhand evaluate predictions.csv --label label \\
          --model boosted=score_boosted --by sex,race
      """)

  @Argument(help: "The predictions; '-' reads standard input.")
  var table: String

  @OptionGroup(title: "Columns") var columns: ColumnOptions
  @OptionGroup(title: "Statistics") var statistics: StatisticsOptions
  @OptionGroup(title: "Choosing models and thresholds") var choice: ChoiceOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Gates") var gates: GateOptions

  @Option(
    name: .long,
    help: ArgumentHelp("A configuration file, such as evenhand.yaml.", valueName: "file"))
  var config: String?

  func run() throws {
    var settings = Settings()
    if let config { try settings.read(path: config) }
    columns.apply(to: &settings)
    statistics.apply(to: &settings)
    choice.apply(to: &settings)
    output.apply(to: &settings)
    gates.apply(to: &settings)
    let sink = try OutputSink(settings)
    let (configuration, reader) = try settings.resolve()
    let policy = try settings.text("gates").map(PolicyFile.read)
    let verdicts = try VerdictSink(settings, isJudged: policy != nil)
    let source = TableSource(settings: settings, reader: reader, path: table)
    let (table, inputs) = try source.read(for: configuration)
    var scorecard = try Scorecard(
      consume table, configuration, metadata: settings.metadata, inputs: inputs,
      reading: try source.record(), isQuiet: sink.isQuiet)
    if let policy { try scorecard.judge(policy, today: .today()) }
    try sink.write(scorecard)
    try verdicts.finish(scorecard)
  }
}

/// Which column plays which role.
struct ColumnOptions: ParsableArguments {
  @OptionGroup var predictions: PredictionOptions
  @Option(
    help: ArgumentHelp(
      "'probability' or 'score'; detected from the values otherwise.", valueName: "kind"))
  var scoreKind: String?
  @Option(help: ArgumentHelp("Attributes to slice by: COLUMN,COLUMN…", valueName: "columns"))
  var by: String?
  @Option(
    help: ArgumentHelp("A table with attributes kept apart, joined by --id.", valueName: "file"))
  var attributes: String?
  @Option(
    help: ArgumentHelp("The id columns of both tables: COLUMN[,COLUMN]", valueName: "columns"))
  var id: String?
  @Flag(help: "Keep predictions without a row in --attributes; their groups are missing.")
  var allowUnmatched = false
  @Option(help: ArgumentHelp("Sampling or importance weights.", valueName: "column"))
  var weight: String?
  @Option(
    help: ArgumentHelp(
      "Rows with the same value are not independent (several rows a person).", valueName: "column"))
  var cluster: String?
  @Option(
    help: ArgumentHelp("Compare groups within each value of this column too.", valueName: "column"))
  var condition: String?

  func apply(to settings: inout Settings) {
    predictions.apply(to: &settings)
    settings.set("score_kind", scoreKind)
    settings.set("by", by)
    settings.set("attributes", attributes)
    settings.set("id", id)
    settings.set("allow_unmatched", allowUnmatched)
    settings.set("weight", weight)
    settings.set("cluster", cluster)
    settings.set("condition", condition)
  }
}

/// The statistical choices.
struct StatisticsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("How many attributes are crossed at most. (default: 2)", valueName: "depth"))
  var intersections: String?
  @Option(help: ArgumentHelp("The level of all intervals. (default: 0.95)", valueName: "level"))
  var confidence: String?
  @Option(help: ArgumentHelp("Bootstrap replicates. (default: 2000)", valueName: "number"))
  var replicates: String?
  @Option(help: ArgumentHelp("The seed of all random numbers. (default: 1)", valueName: "number"))
  var seed: String?
  @Option(
    help: ArgumentHelp(
      "'auto': closed forms where they exist; 'bootstrap': replicates. (default: auto)",
      valueName: "method"))
  var method: String?
  @Option(
    help: ArgumentHelp(
      """
      Which method makes intervals: rate=clopper_pearson|wilson|jeffreys|bootstrap, \
      difference=newcombe_t|newcombe|miettinen_nurminen|mee|max_t, \
      ratio=koopman_t|koopman|miettinen_nurminen|katz|max_t, \
      range=max_t|score, bootstrap=studentized|bca|basic|percentile. May be repeated. (default: the first of each)
      """, valueName: "kind=method"))
  var interval: [String] = []
  @Option(
    help: ArgumentHelp(
      """
      How replicates take rows: auto, poisson, group_label (within every group and label), \
      condition (within its values). (default: auto)
      """, valueName: "scheme"))
  var resampling: String?
  @Option(
    help: ArgumentHelp(
      "Permutations of every test; 0: no such tests. (default: 2000)", valueName: "number"))
  var permutations: String?
  @Option(
    help: ArgumentHelp(
      "Label vectors drawn from the scores to judge calibration; 0: none. (default: 999)",
      valueName: "number"))
  var labelDraws: String?
  @OptionGroup var groups: GroupOptions
  @Option(
    help: ArgumentHelp(
      "Which decision is good for people: positive, negative, unstated.", valueName: "decision"))
  var favorable: String?
  @Option(
    help: ArgumentHelp(
      "Whether small groups are looked at beside their raw rates. (default: true)",
      valueName: "true|false"))
  var smallGroups: String?
  @Flag(help: "Treat a missing attribute value as a group of its own.")
  var missingAsGroup = false
  @Option(
    help: ArgumentHelp("Only these metrics: ID,ID… See 'evenhand metrics'.", valueName: "ids"))
  var metrics: String?
  @Option(help: ArgumentHelp("Threads to use; no number depends on it.", valueName: "number"))
  var threads: String?

  func apply(to settings: inout Settings) {
    settings.set("intersections", intersections)
    groups.apply(to: &settings)
    settings.set("confidence", confidence)
    settings.set("replicates", replicates)
    settings.set("seed", seed)
    settings.set("method", method)
    settings.set("interval", interval)
    settings.set("resampling", resampling)
    settings.set("permutations", permutations)
    settings.set("label_draws", labelDraws)
    settings.set("favorable", favorable)
    settings.set("missing_as_group", missingAsGroup)
    settings.set("small_groups", smallGroups)
    settings.set("metrics", metrics)
    settings.set("threads", threads)
  }
}

/// Where the scorecard goes.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "A directory, or '-' for standard output. (default: scorecard)", valueName: "directory"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "html,markdown,json,terminal. (default: html,markdown,json)", valueName: "formats"))
  var format: String?
  @Flag(name: .shortAndLong, help: "Print no summary.")
  var quiet = false

  func apply(to settings: inout Settings) {
    settings.set("output", output)
    settings.set("format", format)
    settings.set("quiet", quiet)
  }
}

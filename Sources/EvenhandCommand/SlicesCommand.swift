// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand

/// `evenhand slices TABLE`: where does the model fail most?
struct SlicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slices",
    abstract: "Search a table for the slices on which a model fails most.",
    discussion: """
      Examines all conjunctions of the values of the searched columns that have enough rows, orders \
      them by SliceLine's score, and says which are established among so many. Writes slices.html, \
      slices.md and slices.json.

      Example:
        evenhand slices predictions.csv --label label \\
          --model boosted=score_boosted --search sex,race,age_group --holdout 0.3
      """)

  @Argument(help: "The predictions; '-' reads standard input.")
  var table: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A configuration file of 'evaluate': its columns, models and bins count here too; without "
        + "--search the columns of 'by' are searched.", valueName: "file"))
  var config: String?
  @OptionGroup(title: "Columns") var columns: SlicesColumnOptions
  @OptionGroup(title: "Search") var search: SlicesSearchOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// What a search has in common with an evaluation: `minimum` and `replicates` mean other things there.
  private static let shared: Set = [
    "label", "positive", "model", "decision", "threshold", "bins", "by", "count", "delimiter",
    "missing", "confidence", "seed", "threads",
  ]

  func run() throws {
    var settings = Settings()
    if let config {
      try settings.read(path: config)
      settings.keep(Self.shared)
    }
    columns.apply(to: &settings)
    search.apply(to: &settings)
    output.apply(to: &settings)
    let sink = try OutputSink(settings, name: "slices")
    let request = try settings.sliceRequest()
    let reader = try settings.reader()
    let file = try InputFile.open(path: table)
    let table = try reader.read(file, columns: request.columnRequests)
    let delimiter = reader.delimiter.map { String(decoding: [$0], as: UTF8.self) }
    let report = try SliceReport(
      searching: table, request, inputs: [Provenance.Input(role: "predictions", file: file)],
      reading: [
        "delimiter": delimiter.map { .text($0) } ?? .null,
        "missing": .list(reader.missing.sorted().map { .text($0) }),
      ])
    try sink.write(Document(report)) { try report.json() }
  }
}

/// Which column plays which role in a search.
struct SlicesColumnOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The columns that slices are made of: COLUMN,COLUMN… Numbers with more than 20 values are cut "
        + "at their quartiles.", valueName: "columns"))
  var search: String?
  @OptionGroup var predictions: PredictionOptions

  func apply(to settings: inout Settings) {
    settings.set("search", search)
    predictions.apply(to: &settings)
  }
}

/// What is searched for, and how it is judged.
struct SlicesSearchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "error, false_positive_rate, false_negative_rate, calibration_residual, or loss=COLUMN. "
        + "(default: error)", valueName: "target"))
  var target: String?
  @Option(
    help: ArgumentHelp("Conditions a slice may have. (default: 3)", valueName: "number"))
  var depth: String?
  @Option(help: ArgumentHelp("How many slices are listed. (default: 10)", valueName: "number"))
  var top: String?
  @Option(
    help: ArgumentHelp(
      "Rows a slice needs. (default: 32, or 1 % of all rows if that is more)", valueName: "rows"))
  var minimum: String?
  @Option(
    help: ArgumentHelp(
      "SliceLine's α: how much the error counts against the size. (default: 0.95)",
      valueName: "α"))
  var alpha: String?
  @Option(
    help: ArgumentHelp(
      "The level at which a slice is established. (default: 0.95)", valueName: "level"))
  var confidence: String?
  @Option(help: ArgumentHelp("Permutations of the errors. (default: 999)", valueName: "number"))
  var replicates: String?
  @Option(help: ArgumentHelp("The seed of all random numbers. (default: 1)", valueName: "number"))
  var seed: String?
  @Option(
    help: ArgumentHelp(
      "Keep rows out of the search and estimate what was found on them: a share such as 0.3, or "
        + "COLUMN=VALUE.", valueName: "rows"))
  var holdout: String?
  @Option(help: ArgumentHelp("Threads to use; no number depends on it.", valueName: "number"))
  var threads: String?

  func apply(to settings: inout Settings) {
    settings.set("target", target)
    settings.set("depth", depth)
    settings.set("top", top)
    settings.set("minimum", minimum)
    settings.set("alpha", alpha)
    settings.set("confidence", confidence)
    settings.set("replicates", replicates)
    settings.set("seed", seed)
    settings.set("holdout", holdout)
    settings.set("threads", threads)
  }
}

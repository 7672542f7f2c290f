// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Evenhand
import Foundation

/// `evenhand compare TABLE …`: what changes from one model to another, per slice and gap.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare candidate models with a baseline, per slice and gap.",
    discussion: """
      Reads one table with the columns of all models, or several tables for the same rows that are \
      joined by --id, and writes a scorecard of changes with paired intervals. Two scorecard.json \
      instead of tables are compared without pairing, which is said.

      A column of a further table is called by its name, or FILE.NAME (without the file's ending) where \
      another table has that name too. Tests by permutation, label draws and small groups are left to \
      'evaluate' unless asked for.

      Examples:
        evenhand compare predictions.csv --label label --by sex,race \\
          --model champion=score_a --model candidate=score_b --baseline champion
        evenhand compare champion.csv candidate.csv --id item --label label --by sex \\
          --model champion=score --model candidate=candidate.score
        evenhand compare january/scorecard.json february/scorecard.json
      """)

  @Argument(help: "A table with all models, or several to join by --id, or two scorecard.json.")
  var inputs: [String]
  @OptionGroup(title: "Columns") var columns: ColumnOptions
  @OptionGroup(title: "Statistics") var statistics: StatisticsOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @Option(
    name: .long,
    help: ArgumentHelp("A configuration file, such as evenhand.yaml.", valueName: "file"))
  var config: String?

  func run() throws {
    var settings = Settings()
    if let config { try settings.read(path: config) }
    columns.apply(to: &settings)
    statistics.apply(to: &settings)
    output.apply(to: &settings)
    let sink = try OutputSink(settings)
    if inputs.contains(where: { $0.hasSuffix(".json") }) {
      return try sink.write(try unpaired(settings))
    }
    for (key, value) in [("permutations", "0"), ("label_draws", "0"), ("small_groups", "false")] {
      settings.setDefault(key, value)
    }
    var (configuration, reader) = try settings.resolve()
    configuration.baseline = configuration.baseline ?? configuration.models[0].name
    let tables = ModelTables(settings: settings, reader: reader, paths: inputs)
    let (table, files, warnings) = try tables.read(for: configuration)
    let progress = ProgressLine(quiet: sink.isQuiet)
    defer { progress?.finish() }
    var report: (@Sendable (EvaluationProgress) -> Void)?
    if let progress { report = { progress.report($0) } }
    let source = TableSource(settings: settings, reader: reader, path: inputs[0])
    var scorecard = try Scorecard(
      evaluating: table, configuration, metadata: settings.metadata, inputs: files,
      reading: try source.record(), report: report)
    scorecard.warnings = warnings + scorecard.warnings
    progress?.finish()
    try sink.write(scorecard)
  }

  /// Two scorecards, of which nothing is known but their numbers.
  private func unpaired(_ settings: Settings) throws -> Scorecard {
    guard inputs.count == 2, inputs.allSatisfy({ $0.hasSuffix(".json") }) else {
      throw Failure(
        .usage,
        "give one or more tables, or exactly two scorecard.json; not \(inputs.count) of both")
    }
    let (first, firstFile) = try ScorecardFile.read(path: inputs[0])
    let (second, secondFile) = try ScorecardFile.read(path: inputs[1])
    let comparison = UnpairedScorecards(first: first, second: second)
    return try comparison.scorecard(
      baseline: try settings.text("baseline"),
      inputs: [
        Provenance.Input(role: "baseline scorecard", file: firstFile),
        Provenance.Input(role: "candidate scorecard", file: secondFile),
      ])
  }
}

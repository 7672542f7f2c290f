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
    let policy = try settings.text("gates").map(PolicyFile.read)
    let verdicts = try VerdictSink(settings, isJudged: policy != nil)
    let isUnpaired = inputs.contains { $0.hasSuffix(".json") }
    var scorecard = try isUnpaired ? unpaired(settings) : paired(&settings, isQuiet: sink.isQuiet)
    if let policy { try scorecard.judge(policy, today: .today()) }
    try sink.write(scorecard)
    try verdicts.finish(scorecard)
  }

  private func paired(_ settings: inout Settings, isQuiet: Bool) throws -> Scorecard {
    for (key, value) in [("permutations", "0"), ("label_draws", "0"), ("small_groups", "false")] {
      settings.setDefault(key, value)
    }
    var (configuration, reader) = try settings.resolve()
    configuration.baseline = configuration.baseline ?? configuration.models[0].name
    let tables = ModelTables(settings: settings, reader: reader, paths: inputs)
    let (table, files, warnings) = try tables.read(for: configuration)
    var scorecard = try Scorecard(
      consume table, configuration, metadata: settings.metadata, inputs: files,
      reading: try tables.record(), isQuiet: isQuiet)
    scorecard.warnings = warnings + scorecard.warnings
    return scorecard
  }

  /// Two scorecards, of which nothing is known but their numbers.
  private func unpaired(_ settings: Settings) throws -> Scorecard {
    guard inputs.count == 2, inputs.allSatisfy({ $0.hasSuffix(".json") }) else {
      throw Failure(
        .usage,
        "give one or more tables, or exactly two scorecard.json; not \(inputs.count) of both")
    }
    let files = try inputs.map { try InputFile.open(path: $0) }
    let comparison = UnpairedScorecards(
      first: try ScorecardFile.read(files[0]), second: try ScorecardFile.read(files[1]))
    return try comparison.scorecard(
      baseline: try settings.text("baseline"),
      inputs: [
        Provenance.Input(role: "baseline scorecard", file: files[0]),
        Provenance.Input(role: "candidate scorecard", file: files[1]),
      ])
  }
}

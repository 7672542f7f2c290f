// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The columns of a table of predictions, as every verb that reads one names them.
struct PredictionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The column of true outcomes. Without it only selection can be measured.", valueName: "column"
    ))
  var label: String?
  @Option(
    help: ArgumentHelp(
      "The label's (and decision's) positive value; known for 1/0, true/false, yes/no.",
      valueName: "value"))
  var positive: String?
  @Option(
    help: ArgumentHelp(
      "A model and its score column: NAME=COLUMN. May be repeated.", valueName: "name=column"))
  var model: [String] = []
  @Option(
    help: ArgumentHelp(
      "A model and its column of decisions: NAME=COLUMN. May be repeated.", valueName: "name=column"
    ))
  var decision: [String] = []
  @Option(
    help: ArgumentHelp(
      "Selected from this score on: [NAME=]T. 0.5 for scores in [0, 1].", valueName: "[name=]t"))
  var threshold: [String] = []
  @Option(
    help: ArgumentHelp(
      "Cut numbers into groups: COLUMN=25,45,65. May be repeated.", valueName: "column=edges"))
  var bins: [String] = []
  @Option(help: ArgumentHelp("How many rows each row stands for.", valueName: "column"))
  var count: String?
  @Option(help: ArgumentHelp("',', ';', '|' or 'tab'; detected otherwise.", valueName: "character"))
  var delimiter: String?
  @Option(
    help: ArgumentHelp(
      "Texts that stand for a missing value: NA,NULL… (default: empty,NA,NaN,null)",
      valueName: "texts"))
  var missing: String?

  func apply(to settings: inout Settings) {
    settings.set("label", label)
    settings.set("positive", positive)
    settings.set("model", model)
    settings.set("decision", decision)
    settings.set("threshold", threshold)
    settings.set("bins", bins)
    settings.set("count", count)
    settings.set("delimiter", delimiter)
    settings.set("missing", missing)
  }
}

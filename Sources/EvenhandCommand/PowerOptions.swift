// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// What is supposed to be true, and what is to be established about it.
struct PowerSupposedOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The reference's rate, then the group's, such as 0.30,0.25.", valueName: "rate,rate"))
  var rates: String?
  @Option(
    help: ArgumentHelp(
      "The reference's rate. With a table: in place of the one observed.", valueName: "rate"))
  var rate: String?
  @Option(
    help: ArgumentHelp(
      "For means: the numbers' standard deviation; or the reference's, then the group's.",
      valueName: "number[,number]"))
  var standardDeviation: String?
  @Option(
    help: ArgumentHelp("The reference's area under the ROC curve.", valueName: "area"))
  var area: String?
  @Option(
    help: ArgumentHelp("With --area: the share of positive labels.", valueName: "share"))
  var baseRate: String?
  @Option(
    help: ArgumentHelp("The gap to be seen, above and below the reference.", valueName: "gap"))
  var margin: String?
  @Option(
    help: ArgumentHelp(
      """
      With --rate: the ratio to be told from 1. With --rates: the ratio to be excluded, such as 0.8 \
      for the four-fifths rule.
      """, valueName: "ratio"))
  var ratio: String?
  @Option(
    help: ArgumentHelp(
      "Establish that the group's rate is not lower by this much.", valueName: "margin"))
  var nonInferiority: String?
  @Option(
    help: ArgumentHelp("Establish that the rates differ by less than this.", valueName: "margin"))
  var equivalence: String?
  @Option(
    help: ArgumentHelp(
      "The rows there are: each group's, or the reference's, then the group's.",
      valueName: "rows[,rows]"))
  var n: String?
  @Option(
    help: ArgumentHelp(
      "The reference has so many times the group's rows. (default: 1)", valueName: "times"))
  var allocation: String?
  @Option(help: ArgumentHelp("Rows a cluster, such as decisions a person.", valueName: "rows"))
  var clusterSize: String?
  @Option(
    help: ArgumentHelp(
      "With --cluster-size: the correlation of two rows of a cluster.", valueName: "correlation"))
  var icc: String?

  func apply(to settings: inout Settings) {
    settings.set("rates", rates)
    settings.set("rate", rate)
    settings.set("standard_deviation", standardDeviation)
    settings.set("area", area)
    settings.set("base_rate", baseRate)
    settings.set("margin", margin)
    settings.set("ratio", ratio)
    settings.set("non_inferiority", nonInferiority)
    settings.set("equivalence", equivalence)
    settings.set("n", n)
    settings.set("allocation", allocation)
    settings.set("cluster_size", clusterSize)
    settings.set("icc", icc)
  }
}

/// Power, confidence and the comparisons that are made.
struct PowerAssuranceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The chance to establish it. (default: 0.8)", valueName: "power"))
  var power: String?
  @Option(help: ArgumentHelp("The level of the intervals. (default: 0.95)", valueName: "level"))
  var confidence: String?
  @Option(
    help: ArgumentHelp(
      "How many groups are compared; with a table those that it has.", valueName: "number"))
  var groups: String?
  @Option(
    help: ArgumentHelp(
      "'reference': each with the reference; 'pairs': each with each. (default: reference)",
      valueName: "kind"))
  var comparisons: String?

  func apply(to settings: inout Settings) {
    settings.set("power", power)
    settings.set("confidence", confidence)
    settings.set("groups", groups)
    settings.set("comparisons", comparisons)
  }
}

/// What of a table is compared, besides the columns.
struct PowerTableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is compared: see 'evenhand metrics'. (default: selection_rate)", valueName: "id"))
  var metric: String?
  @OptionGroup var groups: GroupOptions
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A configuration file, such as evenhand.yaml: its columns and groups are used.",
      valueName: "file"))
  var config: String?

  func apply(to settings: inout Settings) {
    settings.set("metric", metric)
    groups.apply(to: &settings)
  }
}

/// Where the answer goes.
struct PowerOutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A file, or '-' for standard output. (default: -)", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp(
      "terminal, markdown or json. (default: by the file's name, else terminal)",
      valueName: "format"))
  var format: String?

  func apply(to settings: inout Settings) {
    settings.set("output", output)
    settings.set("format", format)
  }
}

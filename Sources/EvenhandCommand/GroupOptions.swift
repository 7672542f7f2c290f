// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Which groups are compared, and with which one.
struct GroupOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A reference group: COLUMN=VALUE. May be repeated. (default: the largest)",
      valueName: "column=value"))
  var reference: [String] = []
  @Option(
    help: ArgumentHelp(
      "Numbers that rest on fewer rows are not compared. (default: 10)", valueName: "rows"))
  var minimum: String?
  @Option(
    help: ArgumentHelp(
      "More groups in an attribute are an error. (default: 50)", valueName: "number"))
  var maxGroups: String?
  @Option(
    help: ArgumentHelp(
      "Withhold slices with fewer people, and what would reveal them.", valueName: "people"))
  var suppressBelow: String?

  func apply(to settings: inout Settings) {
    settings.set("reference", reference)
    settings.set("minimum", minimum)
    settings.set("max_groups", maxGroups)
    settings.set("suppress_below", suppressBelow)
  }
}

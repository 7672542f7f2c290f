// SPDX-License-Identifier: Apache-2.0
import Evenhand
import Foundation

/// The Swift examples of README.md, line by line, as functions that can be run.
enum ReadmeExample {
  /// - Parameters:
  ///   - path: a CSV file with columns sex, age_group, label and score_boosted.
  ///   - page: where the HTML goes.
  static func fromFile(path: String, page: URL) throws {
    // README: from a file
    var configuration = Configuration(
      label: "label", models: [ModelRole("boosted", column: "score_boosted")],
      by: ["sex", "age_group"])
    configuration.favorable = .positive
    let file = try InputFile.open(path: path)
    let table = try TableReader().read(file, columns: configuration.columnRequests)
    let scorecard = try Scorecard(
      evaluating: table, configuration,
      inputs: [Provenance.Input(role: "predictions", file: file)])
    try Data(HTMLRenderer.render(Document(scorecard)).utf8).write(to: page)
    // README: end
  }

  /// - Parameters:
  ///   - groups, labels, scores: a person's group, true outcome and score; of equal length.
  ///   - page: where the HTML goes.
  static func fromArrays(
    groups: [String?], labels: [Bool?], scores: [Double], page: URL
  ) throws {
    // README: from arrays
    let table = try Table(columns: [
      .category(CategoryColumn(name: "group", values: groups)),  // [String?], nil is missing
      .category(CategoryColumn(name: "label", values: labels)),  // [Bool?]
      .number(try NumberColumn(name: "score", values: scores)),  // [Double], NaN is missing
    ])
    let configuration = Configuration(
      label: "label", models: [ModelRole("candidate", column: "score")], by: ["group"])
    let scorecard = try Scorecard(evaluating: table, configuration)
    for gap in scorecard.gaps where gap.name == "demographic_parity_difference" {
      print(gap.value ?? .nan, gap.interval?.low ?? .nan, gap.interval?.high ?? .nan)
    }
    try Data(HTMLRenderer.render(Document(scorecard)).utf8).write(to: page)
    // README: end
  }
}

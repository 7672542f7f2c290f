// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandTabular
import Foundation

/// The fixtures under Tests/Reference and the tables under Datasets.
enum Reference {
  /// The repository, from where this file lies in it.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func json<Content: Decodable>(_ path: String, as type: Content.Type) throws -> Content {
    let data = try Data(contentsOf: root.appending(path: "Tests/Reference/" + path))
    let decoder = JSONDecoder()
    // Names of fields only; keys of dictionaries, such as metrics, stay as they are.
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: data)
  }

  /// The columns of a CSV file that a configuration needs.
  static func table(_ path: String, _ configuration: Configuration) throws -> Table {
    try TableReader().read(
      try InputFile.open(path: root.appending(path: path).path()),
      columns: configuration.columnRequests)
  }

  static func evaluate(_ path: String, _ configuration: Configuration) throws -> EvaluationResult {
    try Evaluator(configuration).evaluate(try table(path, configuration))
  }
}

/// The Adult example: both models at 0.5, by sex, race and age group, crossed in pairs.
enum Adult {
  static let path = "Datasets/adult-income/predictions.csv"

  static let configuration = {
    var result = Configuration(
      label: "label",
      models: [
        ModelRole("logistic", column: "score_logistic"),
        ModelRole("boosted", column: "score_boosted"),
      ],
      by: ["sex", "race", "age_group"])
    result.replicates = 200
    result.labelDraws = 199
    return result
  }()

  /// Evaluated once for all tests.
  static let evaluated = Result { try Reference.evaluate(path, configuration) }

  /// The table with a weight 1 + 0.5 (i mod 3) and a cluster i div 7 for row i.
  static func weightedTable() throws -> Table {
    let table = try Reference.table(path, configuration)
    let weights = (0..<table.rowCount).map { 1 + 0.5 * Double($0 % 3) }
    let clusters = (0..<table.rowCount).map { Int?($0 / 7) }
    return try table.replacing(.number(try NumberColumn(name: "w", values: weights)))
      .replacing(.category(CategoryColumn(name: "c", values: clusters)))
  }
}

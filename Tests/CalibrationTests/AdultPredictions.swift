// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import Foundation
import Testing

/// The predictions of Datasets/adult-income, row by row.
struct AdultPredictions: Sendable {
  struct Row: Sendable {
    var attributes: [String: String]
    var label: Bool
    /// By model: `logistic`, `boosted`.
    var scores: [String: Double]
  }

  /// This folder in the repository, also where the tests were reached through a link.
  static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent()

  static let rows = Result { try read() }

  /// The rows of a model for which an attribute has a value; all without one.
  static func sample(
    _ model: String, _ attribute: String? = nil, _ value: String? = nil
  ) throws -> CalibrationSample {
    let rows = try rows.get().filter { row in
      attribute.map { row.attributes[$0] == value } ?? true
    }
    return CalibrationSample(
      scores: try rows.map { try #require($0.scores[model]) }, labels: rows.map(\.label))
  }

  /// A file of the Reference folder.
  static func reference<Document: Decodable>(
    _ name: String, as type: Document.Type
  ) throws -> Document {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      type, from: Data(contentsOf: folder.appending(path: "Reference/\(name)")))
  }

  private static func read() throws -> [Row] {
    let file = folder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Datasets/adult-income/predictions.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    return try lines.dropFirst().map { line in
      let fields = line.split(separator: ",").map(String.init)
      try #require(fields.count == 6)
      return Row(
        attributes: ["sex": fields[0], "race": fields[1], "age_group": fields[2]],
        label: fields[3] == "1",
        scores: [
          "logistic": try #require(Double(fields[4])), "boosted": try #require(Double(fields[5])),
        ])
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What the tests read of a scorecard.json.
struct Card: Decodable {
  struct Warning: Decodable {
    var code: String
    var message: String
  }
  struct LeftOut: Decodable {
    var reason: String
    var rows: Int
  }
  struct Rows: Decodable {
    var rows: Int
    var used: Int
    var leftOut: [LeftOut]
  }
  struct Interval: Decodable {
    var low: Double
    var high: Double?
    var method: String
  }
  struct Measurement: Decodable {
    var model: String?
    var metric: String
    var slice: [String: String?]
    var status: String
    var reason: String?
    var value: Double?
    var numerator: Double?
    var denominator: Double?
    var interval: Interval?
  }
  struct Excluded: Decodable {
    var slice: [String: String?]
    var denominator: Double?
    var reason: String
  }
  struct Gap: Decodable {
    var model: String?
    var metric: String
    var name: String?
    var kind: String
    var attributes: [String]
    var condition: [String: String?]?
    var reference: [String: String?]?
    var slice: [String: String?]?
    var status: String
    var reason: String?
    var value: Double?
    var interval: Interval?
    var excluded: [Excluded]
  }
  struct SliceRecord: Decodable {
    var slice: [String: String?]
    var status: String
    var n: Int?
    var positives: Double?
    var weight: Double?
    var effectiveN: Double?
    var clusters: Int?
  }

  var schema: String
  var data: Rows
  var slices: [SliceRecord]
  var measurements: [Measurement]
  var gaps: [Gap]
  var warnings: [Warning]

  var codes: [String] { warnings.map(\.code) }

  func measurement(
    _ metric: String, _ slice: [String: String?] = [:], model: String? = nil
  ) throws -> Measurement {
    try #require(
      measurements.first {
        $0.metric == metric && $0.slice == slice && (model == nil || $0.model == model)
      }, "no \(metric) of \(slice)")
  }

  func gap(_ name: String, by attributes: [String], model: String? = nil) throws -> Gap {
    try #require(
      gaps.first {
        $0.name == name && $0.attributes == attributes && $0.condition == nil
          && (model == nil || $0.model == model)
      }, "no \(name) by \(attributes)")
  }
}

extension Run {
  /// The scorecard on standard output.
  func card() throws -> Card {
    try #require(exitCode == 0, "\(errors)")
    return try JSONDecoder().decode(Card.self, from: output)
  }

  /// Parts of the scorecard on standard output, written again with sorted keys.
  func canonical(_ keys: [String] = ["measurements", "gaps"]) throws -> Data {
    try #require(exitCode == 0, "\(errors)")
    let root = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
    let parts = Dictionary(uniqueKeysWithValues: try keys.map { ($0, try #require(root[$0])) })
    return try JSONSerialization.data(withJSONObject: parts, options: [.sortedKeys])
  }
}

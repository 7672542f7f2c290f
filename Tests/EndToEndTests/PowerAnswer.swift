// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What the tests read of an answer in JSON.
struct PowerAnswer: Decodable {
  struct Sizes: Decodable, Equatable {
    var group, reference: Int
  }
  struct Method: Decodable {
    var method: String
    var n: Sizes?
    var power: Double?
    var group: Double?
  }
  struct One: Decodable {
    var status: String
    var reason: String?
    var group, gap, ratio, power: Double?
    var reference: Double
    var n, clusters: Sizes?
    var formula: Method
    var exact: Method?
    var exactReason: String?
  }
  struct Comparisons: Decodable {
    var kind: String
    var count: Int?
    var critical: Double?
  }
  struct Request: Decodable {
    var question, test: String
    var confidence: Double
    var comparisons: Comparisons
  }
  struct Group: Decodable {
    var group: String?
    var isReference: Bool
    var status: String
    var reason: String?
    var n, needed: Int?
    var denominator, effectiveDenominator, value, detectableBelow, detectableAbove: Double?
    var method, neededReason: String?
  }
  struct Family: Decodable {
    var model, reference: String?
    var attribute: String
    var plannedRate, critical: Double?
    var comparisons: Int
    var groups: [Group]
  }
  struct Table: Decodable {
    var rows: Int
    var metric: String
    var families: [Family]
  }
  struct Point: Decodable {
    var n: Sizes
    var formula: Double
  }

  var schema: String
  var request: Request
  var answers: [One]
  var curve: [Point]
  var table: Table?
}

func near(_ value: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
  value.map { abs($0 - expected) < tolerance } ?? false
}

extension Run {
  func powerAnswer() throws -> PowerAnswer {
    try #require(exitCode == 0, "\(errors)")
    #expect(errors.isEmpty)
    return try JSONDecoder().decode(PowerAnswer.self, from: output)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation

/// An invented person with the output of an invented model.
struct Person: Sendable {
  var id: String
  var sex: String
  var race: String
  var age: Int
  var label: String
  var score: String
  var weight: Int
  var household: String

  func value(_ column: String) -> String {
    switch column {
    case "id": id
    case "sex": sex
    case "race": race
    case "age": "\(age)"
    case "label": label
    case "score": score
    case "weight": "\(weight)"
    default: household
    }
  }
}

/// Tables of invented people, the same at every run.
enum People {
  /// `count` people; scores are multiples of 1/64, so that they are exact in binary.
  static func make(_ count: Int, seed: UInt64 = 7) -> [Person] {
    var random = SplitMix(state: seed)
    return (0..<count).map { index in
      let score = Int.random(in: 1...63, using: &random)
      let label = Int.random(in: 0..<64, using: &random) < score ? "1" : "0"
      return Person(
        id: "p\(index)", sex: random.next() % 2 == 0 ? "Female" : "Male",
        race: ["A", "B", "C"][Int(random.next() % 3)], age: Int.random(in: 18...80, using: &random),
        label: label, score: "\(Double(score) / 64)", weight: Int.random(in: 1...5, using: &random),
        household: "h\(index / 3)")
    }
  }

  static let columns = ["id", "sex", "race", "age", "label", "score", "weight", "household"]

  static func csv(
    _ people: [Person], _ columns: [String] = columns, delimiter: String = ",", end: String = "\n"
  ) -> String {
    ([columns] + people.map { person in columns.map { person.value($0) } })
      .map { $0.joined(separator: delimiter) + end }.joined()
  }

  /// What evaluates such a table by sex and race, to standard output as JSON.
  static func arguments(_ table: String = "people.csv", _ more: String...) -> [String] {
    [
      "evaluate", table, "--label", "label", "--model", "m=score", "--by", "sex,race", "--output",
      "-", "--format", "json", "--replicates", "300",
      "--label-draws", "99",
    ] + more
  }
}

/// A deterministic source of random numbers, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

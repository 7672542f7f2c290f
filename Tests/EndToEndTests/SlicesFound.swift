// SPDX-License-Identifier: Apache-2.0

/// The part of slices.json that the tests read.
struct SlicesFound: Decodable, Equatable {
  struct Findings: Decodable, Equatable {
    struct Data: Decodable, Equatable {
      var searched: Int
      var heldOut: Int
    }
    struct Column: Decodable, Equatable {
      var name: String
      var cut: String
      var values: [String]
    }
    var data: Data
    var columns: [Column]
    var searches: [Search]
  }

  struct Search: Decodable, Equatable {
    var direction: String
    var meanError: Double
    var critical: Double
    var familyByDepth: [Int]
    var establishedCount: Int
    var slices: [Slice]
  }

  struct Slice: Decodable, Equatable {
    struct Predicate: Decodable, Equatable {
      var column: String
      var value: String
    }
    struct Estimate: Decodable, Equatable {
      var status: String
      var n: Int
      var restN: Int
      var meanError: Double?
      var adjustedPValue: Double
    }
    var predicates: [Predicate]
    var status: String
    var n: Int
    var meanError: Double
    var pValue: Double
    var adjustedPValue: Double
    var score: Double?
    var foldedCount: Int
    var holdout: Estimate?

    var name: [String] { predicates.map { "\($0.column)=\($0.value)" } }
  }

  var findings: Findings
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Testing

/// 19 rows with empty denominators: where fairlearn returns 0 and Aequitas null, here it is undefined.
@Suite("Edge cases of other toolkits")
struct EdgeCaseParityTests {
  struct Document: Decodable {
    struct Rows: Decodable {
      var y: [Int]
      var pred: [Int]
      var group: [String]
    }
    struct Fairlearn: Decodable {
      var byGroup: [String: [String: Double]]
      var difference: [String: Double]
    }
    struct Aequitas: Decodable {
      var groups: [String: [String: Double?]]
    }
    var data: Rows
    var fairlearn: Fairlearn
    var aequitas: Aequitas
  }

  private static let document = Result {
    try Reference.json("parity/edge_cases.json", as: Document.self)
  }
  private static let evaluated = Result {
    let data = try document.get().data
    let rows = data.y.indices.map {
      Row(groups: [data.group[$0]], label: data.y[$0] == 1, decision: data.pred[$0] == 1)
    }
    let configuration = Configuration.decisions().with {
      $0.minimum = 1
      $0.replicates = 100
    }
    return try Evaluator(configuration).evaluate(rows.table())
  }

  /// What fairlearn calls 0 (or, for balanced accuracy, the mean of the classes present).
  private static let undefined: [String: Set<String>] = [
    "true_positive_rate": ["C", "D"], "false_negative_rate": ["C", "D"],
    "false_positive_rate": ["E"], "true_negative_rate": ["E"], "precision": ["D"], "f1": ["D"],
    "balanced_accuracy": ["C", "D", "E"], "matthews_correlation": ["C", "D", "E"],
    "selection_rate": [],
  ]

  @Test("The same values where both are defined, undefined with a reason where fairlearn has 0")
  func fairlearn() throws {
    let result = try Self.evaluated.get()
    for (group, values) in try Self.document.get().fairlearn.byGroup {
      for (metric, expected) in values {
        let found = try #require(result.measurement(metric, .of(["a": group])))
        if Self.undefined[metric]?.contains(group) == true {
          #expect(found.status == .undefined && found.value == nil, "\(metric) \(group)")
          #expect(found.reason != nil && found.interval == nil)
        } else {
          #expect(agree(found.value, expected), "\(metric) \(group)")
        }
      }
    }
  }

  @Test("Aequitas agrees on what is undefined")
  func aequitas() throws {
    let names = [
      "tpr": "true_positive_rate", "fpr": "false_positive_rate", "fnr": "false_negative_rate",
      "tnr": "true_negative_rate", "precision": "precision", "npv": "negative_predictive_value",
      "fdr": "false_discovery_rate", "for": "false_omission_rate", "pprev": "selection_rate",
      "prev": "base_rate", "accuracy": "accuracy",
    ]
    let result = try Self.evaluated.get()
    for (group, values) in try Self.document.get().aequitas.groups {
      for (short, metric) in names {
        let expected = try #require(values[short])
        let found = try #require(result.measurement(metric, .of(["a": group])))
        #expect(agree(found.value, expected), "\(metric) \(group)")
      }
    }
  }

  @Test("A gap leaves out who has no rate, instead of counting 0 as one")
  func gaps() throws {
    let gap = try #require(
      Self.evaluated.get().gap("true_positive_rate", .maxMinDifference, by: ["a"]))
    // fairlearn: 2/3 − 0, the 0 being a group without positives.
    #expect(try Self.document.get().fairlearn.difference["true_positive_rate"] == 2.0 / 3)
    #expect(gap.status == .insufficient && gap.value == nil && gap.reason != nil)
    #expect(gap.excluded.map(\.slice) == ["A", "B", "C", "D", "E"].map { .of(["a": $0]) })
    for exclusion in gap.excluded {
      let group = exclusion.slice.group(of: "a") ?? nil
      if group == "C" || group == "D" {
        #expect(exclusion.reason == "no positives" && exclusion.denominator == 0)
      } else {
        // Two or three positives: many a replicate has none.
        #expect(exclusion.reason.hasSuffix("% of replicates"))
      }
    }
  }

  @Test("With the usual minimum nobody can be compared, and that is the answer")
  func minimum() throws {
    let data = try Self.document.get().data
    let rows = data.y.indices.map {
      Row(groups: [data.group[$0]], label: data.y[$0] == 1, decision: data.pred[$0] == 1)
    }
    let result = try Evaluator(.decisions()).evaluate(rows.table())
    let gap = try #require(result.gap("selection_rate", .maxMinDifference, by: ["a"]))
    #expect(gap.status == .insufficient && gap.value == nil && gap.interval == nil)
    #expect(gap.excluded.count == 5 && gap.reason != nil)
    let shown = try #require(result.measurement("selection_rate", .of(["a": "A"])))
    #expect(shown.status == .insufficient && shown.value == 0.6)
    #expect(shown.interval?.method == "clopper_pearson")
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import Testing

/// What fairlearn and scikit-learn return for the same 2,000 rows, wherever both have the number.
@Suite("Parity with fairlearn and scikit-learn")
struct ParityTests {
  struct Document: Decodable {
    struct Attribute: Decodable {
      var overall: [String: Double]
      var byGroup: [String: [String: Double]]
      var difference: [String: [String: Double]]
      var ratio: [String: [String: Double]]
      var scoreByGroup: [String: [String: Double]]
      var weighted: Weighted
      var named: [String: [String: Double]]
      var selectionRateGivenStratum: Strata
    }
    struct Weighted: Decodable {
      var byGroup: [String: [String: Double]]
      var difference: [String: Double]
    }
    struct Strata: Decodable {
      var cells: [Cell]
      var difference: [String: Double]
    }
    struct Cell: Decodable {
      var stratum: String?
      var sex: String?
      var race: String?
      var value: Double?
      var selectionRate: Double?
      var count: Double?
    }
    struct Crossed: Decodable {
      var cells: [Cell]
      var difference: [String: Double]
    }
    var attributes: [String: Attribute]
    var sexByRace: Crossed
  }

  private static let path = "Tests/Reference/parity/golden_n2000.csv"
  private static let document = Result {
    try Reference.json("parity/fairlearn.json", as: Document.self)
  }
  private static let configuration = {
    var result = Configuration(
      label: "y",
      models: [
        ModelRole("pred", column: "pred", output: .decision), ModelRole("score", column: "score"),
      ],
      by: ["sex", "race"])
    result.condition = "stratum"
    result.replicates = 100
    return result
  }()
  private static let evaluated = Result { try Reference.evaluate(path, configuration) }

  private func each(_ body: (String, Document.Attribute, EvaluationResult) throws -> Void) throws {
    let result = try Self.evaluated.get()
    for (name, attribute) in try Self.document.get().attributes {
      try body(name, attribute, result)
    }
  }

  @Test("Every metric, overall and by group")
  func values() throws {
    let scores = ["roc_auc", "average_precision", "brier_score", "log_loss"]
    try each { name, attribute, result in
      for (metric, expected) in attribute.overall where metric != "count" {
        let model = scores.contains(metric) ? "score" : "pred"
        #expect(agree(result.value(metric, model: model), expected), "\(metric)")
      }
      for (group, values) in attribute.byGroup {
        for (metric, expected) in values {
          let slice = Slice.of([name: group])
          if metric == "count" {
            #expect(result.measurement("accuracy", slice, model: "pred")?.n == Int(expected))
          } else {
            let value = result.value(metric, slice, model: "pred")
            #expect(agree(value, expected), "\(metric) \(group)")
          }
        }
      }
      for (group, values) in attribute.scoreByGroup {
        for (metric, expected) in values {
          #expect(
            agree(result.value(metric, .of([name: group]), model: "score"), expected),
            "\(metric) \(group)")
        }
      }
    }
  }

  @Test("Differences and ratios between groups")
  func between() throws {
    var ratios = 0
    try each { name, attribute, result in
      let between = attribute.difference["between_groups"] ?? [:]
      for (metric, expected) in between where metric != "count" {
        let gap = result.gap(metric, .maxMinDifference, by: [name], model: "pred")
        #expect(agree(gap?.value, expected), "\(metric) by \(name)")
      }
      for (metric, expected) in attribute.ratio["between_groups"] ?? [:] {
        // Ratios of composites and of correlations are not reported here.
        let found = result.gap(metric, .minMaxRatio, by: [name], model: "pred")
        guard let gap = found else { continue }
        #expect(agree(gap.value, expected), "\(metric) by \(name)")
        ratios += 1
      }
    }
    #expect(ratios == 14)
  }

  @Test("Differences and ratios to overall: fairlearn reports the largest")
  func toOverall() throws {
    try each { name, attribute, result in
      let overall = attribute.difference["to_overall"] ?? [:]
      for (metric, expected) in overall where metric != "count" {
        let gaps = result.gaps(metric, .differenceToOverall, by: [name], model: "pred")
        #expect(agree(gaps.compactMap(\.value).map(abs).max(), expected), "\(metric) by \(name)")
      }
      for (metric, expected) in attribute.ratio["to_overall"] ?? [:] {
        let gaps = result.gaps(metric, .ratioToOverall, by: [name], model: "pred")
        guard !gaps.isEmpty else { continue }
        let folded = gaps.compactMap(\.value).map { min($0, 1 / $0) }
        #expect(agree(folded.min(), expected), "\(metric) by \(name)")
      }
    }
  }

  @Test("Named gaps; equalized odds' mean of both from its components")
  func named() throws {
    try each { name, attribute, result in
      for (gap, methods) in attribute.named {
        let found = try #require(result.gap(named: gap, by: [name], model: "pred"))
        #expect(agree(found.value, methods["between_groups"]), "\(gap) by \(name)")
        guard let mean = methods["between_groups, agg mean"] else { continue }
        let components = found.components.compactMap(\.value)
        #expect(components.count == 2 && agree(components.reduce(0, +) / 2, mean))
      }
    }
  }

  @Test("Weighted values by group and their range")
  func weighted() throws {
    let configuration = Self.configuration.with {
      $0.weight = "weight"
      $0.condition = nil
    }
    let result = try Reference.evaluate(Self.path, configuration)
    for (name, attribute) in try Self.document.get().attributes {
      for (group, values) in attribute.weighted.byGroup {
        for (metric, expected) in values {
          #expect(
            agree(result.value(metric, .of([name: group]), model: "pred"), expected),
            "\(metric) \(group)")
        }
      }
      for (metric, expected) in attribute.weighted.difference {
        let gap = result.gap(metric, .maxMinDifference, by: [name], model: "pred")
        #expect(agree(gap?.value, expected), "\(metric) by \(name)")
      }
    }
  }

  @Test("Control features are the condition")
  func strata() throws {
    try each { name, attribute, result in
      for cell in attribute.selectionRateGivenStratum.cells {
        let group = try #require(name == "sex" ? cell.sex : cell.race)
        let stratum = try #require(cell.stratum)
        let slice = Slice.of([name: group, "stratum": stratum])
        #expect(agree(result.value("selection_rate", slice, model: "pred"), cell.value))
      }
      for (stratum, expected) in attribute.selectionRateGivenStratum.difference {
        let gap = result.gaps.first {
          $0.metric == "selection_rate" && $0.kind == .maxMinDifference && $0.model == "pred"
            && $0.attributes == [name] && $0.condition == .of(["stratum": stratum])
        }
        #expect(agree(gap?.value, expected), "\(name) in \(stratum)")
      }
    }
  }

  @Test("Crossed groups and their range")
  func crossed() throws {
    let result = try Self.evaluated.get()
    let crossed = try Self.document.get().sexByRace
    for cell in crossed.cells {
      let slice = Slice.of(["sex": try #require(cell.sex), "race": try #require(cell.race)])
      let found = try #require(result.measurement("selection_rate", slice, model: "pred"))
      #expect(agree(found.value, cell.selectionRate) && found.n == Int(cell.count ?? 0))
    }
    let gap = result.gap("selection_rate", .maxMinDifference, by: ["sex", "race"], model: "pred")
    #expect(agree(gap?.value, crossed.difference["selection_rate"]))
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandTabular
import Testing

/// The numbers that a reader can find elsewhere: the issue's, ProPublica's, Bickel's.
@Suite("Known answers")
struct KnownAnswerTests {
  /// Whether a value is the printed one: to 1e-9, or half a unit of fewer digits.
  private func prints(_ value: Double?, _ printed: Double, digits: Int = 10) -> Bool {
    guard let value else { return false }
    let unit = (0..<digits).reduce(1.0) { unit, _ in unit / 10 }
    return abs(value - printed) <= max(1e-9, 0.5001 * unit)
  }

  @Test("Adult: selection rates, gaps by sex and race, both models")
  func adult() throws {
    let result = try Adult.evaluated.get()
    func value(_ metric: String, _ sex: String? = nil, _ model: String = "boosted") -> Double? {
      result.value(metric, sex.map { .of(["sex": $0]) } ?? .overall, model: model)
    }
    func named(_ name: String, _ attributes: [String] = ["sex"], _ model: String = "boosted")
      -> Double?
    {
      result.gap(named: name, by: attributes, model: model)?.value
    }
    #expect(prints(value("selection_rate", "Female"), 0.0962976, digits: 7))
    #expect(prints(value("selection_rate", "Male"), 0.2602455, digits: 7))
    #expect(prints(named("demographic_parity_difference"), 0.1639478844))
    #expect(prints(named("demographic_parity_ratio"), 0.3700261313))
    #expect(prints(named("equalized_odds_difference"), 0.0563532521))
    #expect(prints(named("equalized_odds_difference", ["race"]), 0.0891391039))
    #expect(prints(named("demographic_parity_difference", ["sex", "race"]), 0.3134837093))
    #expect(prints(value("roc_auc"), 0.9240831772))
    #expect(prints(value("roc_auc", "Female"), 0.9458908082))
    #expect(prints(value("roc_auc", "Male"), 0.9046135249))
    #expect(prints(value("average_precision"), 0.8237127931))
    #expect(prints(value("brier_score"), 0.0906083276))
    #expect(prints(value("log_loss"), 0.2855359118))
    #expect(prints(value("matthews_correlation"), 0.6313580488))
    #expect(prints(value("roc_auc", nil, "logistic"), 0.9022063422))
    #expect(prints(value("brier_score", nil, "logistic"), 0.1043194890))
    #expect(prints(named("demographic_parity_difference", ["sex"], "logistic"), 0.1688612148))
  }

  @Test("Adult: the sex × race gap in true positive rate leaves out two groups and says why")
  func excluded() throws {
    let gap = try #require(
      Adult.evaluated.get().gap(
        "true_positive_rate", .maxMinDifference, by: ["sex", "race"], model: "boosted"))
    let excluded = gap.excluded.map { ($0.slice, $0.denominator) }
    #expect(excluded.count == 2)
    #expect(excluded.contains { $0 == .of(["sex": "Female", "race": "Other"]) && $1 == 4 })
    #expect(
      excluded.contains {
        $0 == .of(["sex": "Female", "race": "Amer-Indian-Eskimo"]) && $1 == 7
      })
    for exclusion in gap.excluded { #expect(exclusion.reason.contains("fewer than 10")) }
    let shown = try #require(
      Adult.evaluated.get().measurement(
        "true_positive_rate", .of(["sex": "Female", "race": "Other"]), model: "boosted"))
    #expect(shown.status == .insufficient && shown.value != nil)
    #expect(shown.interval?.method == "clopper_pearson")
  }

  @Test("COMPAS: false positive and negative rates of high risk by race")
  func compas() throws {
    var configuration = Configuration(
      label: "two_year_recid",
      models: [ModelRole("compas", column: "decile_score", output: .score(threshold: 5))],
      by: ["race", "sex", "age_cat"])
    configuration.count = "count"
    configuration.scoreKind = .score
    configuration.replicates = 100
    let result = try Reference.evaluate("Datasets/compas-two-year/counts.csv", configuration)
    #expect(result.data.rows == 7214)
    let black = Slice.of(["race": "African-American"])
    let white = Slice.of(["race": "Caucasian"])
    #expect(prints(result.value("false_positive_rate", black), 0.448468, digits: 6))
    #expect(prints(result.value("false_positive_rate", white), 0.234543, digits: 6))
    #expect(prints(result.value("false_negative_rate", black), 0.279853, digits: 6))
    #expect(prints(result.value("false_negative_rate", white), 0.477226, digits: 6))
    // Scores that are no probabilities have no Brier score; ranks they have.
    #expect(result.measurement("brier_score")?.status == .notMeasured)
    #expect(result.measurement("roc_auc")?.status == .ok)
  }

  @Test("Berkeley 1973: the aggregate ratio and every department's (Bickel et al. 1975)")
  func berkeley() throws {
    var configuration = Configuration(
      models: [ModelRole("admissions", column: "admitted", output: .decision)], by: ["gender"])
    configuration.positive = "yes"
    configuration.count = "count"
    configuration.condition = "department"
    configuration.replicates = 100
    let result = try Reference.evaluate("Datasets/berkeley-1973/counts.csv", configuration)
    let ratio = result.gap(named: "demographic_parity_ratio", by: ["gender"])?.value
    #expect(prints(ratio, 0.681830, digits: 6))
    #expect(prints(result.value("selection_rate", .of(["gender": "Male"])), 0.4452, digits: 4))
    #expect(prints(result.value("selection_rate", .of(["gender": "Female"])), 0.3035, digits: 4))
    let expected = [
      "A": 1.3279, "B": 1.0788, "C": 0.9226, "D": 1.0556, "E": 0.8620, "F": 1.1933,
    ]
    let ratios = result.gaps.filter {
      $0.kind == .ratioToReference && $0.metric == "selection_rate" && $0.condition != nil
    }
    #expect(ratios.count == 6)
    for gap in ratios {
      let department = gap.condition?.group(of: "department") ?? nil
      let printed = try #require(department.flatMap { expected[$0] })
      #expect(gap.reference?.group(of: "gender") == .some("Male"))
      #expect(prints(gap.value, printed, digits: 4), "department \(department ?? "")")
    }
    // No label: what needs one is not measured, and says so.
    let missing = try #require(result.measurement("true_positive_rate"))
    #expect(missing.status == .notMeasured && missing.reason == "no label column")
  }
}

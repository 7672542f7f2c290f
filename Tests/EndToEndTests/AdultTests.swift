// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The committed data set with both models, from the file to the scorecard.
///
/// The expected values were computed with scikit-learn and fairlearn; see Tests/Reference.
@Suite("Adult income") struct AdultTests {
  private static let arguments = [
    "evaluate",
    Workspace.repository.appendingPathComponent("Datasets/adult-income/predictions.csv").path,
    "--label", "label", "--model", "boosted=score_boosted", "--model", "logistic=score_logistic",
    "--by", "sex,race",
  ]

  @Test func knownValues() throws {
    let card = try Workspace().run(
      Self.arguments + ["--output", "-", "--format", "json"]
    ).card()
    #expect(card.schema == "evenhand.scorecard/1")
    #expect(card.data.rows == 16_561 && card.data.used == 16_561)
    func expect(
      _ metric: String, _ slice: [String: String?], _ model: String, _ value: Double,
      within tolerance: Double = 1e-9
    ) throws {
      let found = try #require(try card.measurement(metric, slice, model: model).value)
      #expect(abs(found - value) < tolerance, "\(metric) \(slice) \(model)")
    }
    try expect("selection_rate", ["sex": "Female"], "boosted", 528.0 / 5483)
    try expect("selection_rate", ["sex": "Male"], "boosted", 0.2602455, within: 1e-7)
    try expect("roc_auc", [:], "boosted", 0.9240831772, within: 1e-10)
    try expect("roc_auc", ["sex": "Female"], "boosted", 0.9458908082, within: 1e-10)
    try expect("roc_auc", ["sex": "Male"], "boosted", 0.9046135249, within: 1e-10)
    try expect("average_precision", [:], "boosted", 0.8237127931, within: 1e-10)
    try expect("brier_score", [:], "boosted", 0.0906083276, within: 1e-10)
    try expect("log_loss", [:], "boosted", 0.2855359118, within: 1e-10)
    try expect("matthews_correlation", [:], "boosted", 0.6313580488, within: 1e-10)
    try expect("roc_auc", [:], "logistic", 0.9022063422, within: 1e-10)
    try expect("brier_score", [:], "logistic", 0.1043194890, within: 1e-10)
  }

  @Test func knownGaps() throws {
    let card = try Workspace().run(
      Self.arguments + ["--output", "-", "--format", "json"]
    ).card()
    func expect(_ name: String, _ by: [String], _ model: String, _ value: Double) throws {
      let found = try #require(try card.gap(name, by: by, model: model).value)
      #expect(abs(found - value) < 1e-10, "\(name) \(by)")
    }
    try expect("demographic_parity_difference", ["sex"], "boosted", 0.1639478844)
    try expect("demographic_parity_ratio", ["sex"], "boosted", 0.3700261313)
    try expect("equalized_odds_difference", ["sex"], "boosted", 0.0563532521)
    try expect("equalized_odds_difference", ["race"], "boosted", 0.0891391039)
    try expect("demographic_parity_difference", ["sex", "race"], "boosted", 0.3134837093)
    try expect("demographic_parity_difference", ["sex"], "logistic", 0.1688612148)
    let opportunity = try card.gap("equal_opportunity_difference", by: ["sex", "race"])
    let excluded = Set(opportunity.excluded.compactMap { $0.slice["race"] ?? nil })
    #expect(excluded == ["Other", "Amer-Indian-Eskimo"])
    #expect(opportunity.excluded.compactMap(\.denominator).sorted() == [4, 7])
    #expect(opportunity.excluded.allSatisfy { $0.slice["sex"] == "Female" })
  }

  @Test func oneSelfContainedFile() throws {
    let workspace = try Workspace()
    let run = try workspace.run(Self.arguments + ["--output", "out", "--quiet"])
    #expect(run.exitCode == 0, "\(run.errors)")
    let html = try workspace.text("out/scorecard.html")
    #expect(html.utf8.count < 500_000)
    for outside in ["http://", "https://", "src=", "@import", "url(", "<link", "<script", "//cdn"] {
      #expect(!html.contains(outside), "\(outside)")
    }
  }

  /// With the three attributes of the configuration that the demonstration uses.
  @Test func demonstration() throws {
    let workspace = try Workspace()
    let folder = Workspace.repository.appendingPathComponent("Datasets/adult-income")
    let run = try workspace.run([
      "evaluate", folder.appendingPathComponent("predictions.csv").path, "--config",
      folder.appendingPathComponent("evenhand.yaml").path, "--output", "out",
    ])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(try workspace.read("out/scorecard.html").count < 500_000)
    #expect(try workspace.text("out/scorecard.html").contains("Income above 50,000 USD a year"))
  }

  /// What a scorecard can never establish is claimed in no format.
  @Test func forbiddenWords() throws {
    let workspace = try Workspace()
    for favorable in ["positive", "negative", "unstated"] {
      let run = try workspace.run(
        Self.arguments + [
          "--output", favorable, "--format", "html,markdown,json,terminal", "--favorable",
          favorable,
        ])
      #expect(run.exitCode == 0, "\(run.errors)")
      for file in ["html", "md", "json", "txt"] {
        let text = try workspace.text("\(favorable)/scorecard.\(file)").lowercased()
        for word in ["unbiased", "compliant", "is fair", "passes the law"] {
          #expect(!text.contains(word), "\(word) in \(file)")
        }
      }
    }
  }
}

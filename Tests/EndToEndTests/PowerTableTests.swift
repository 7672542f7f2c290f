// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Power of a table") struct TablePowerTests {
  private static let adult = Workspace.repository.appendingPathComponent(
    "Datasets/adult-income/predictions.csv"
  ).path

  private func table(_ arguments: String...) throws -> PowerAnswer.Table {
    let run = try Workspace().run(
      ["power", Self.adult] + arguments + ["--format", "json"])
    return try #require(try run.powerAnswer().table)
  }

  @Test("denominators and rates are those of a scorecard")
  func groups() throws {
    let table = try table(
      "--by", "sex,race", "--label", "label", "--model", "m=score_boosted", "--metric", "tpr",
      "--margin", "0.05")
    #expect(table.rows == 16561 && table.metric == "true_positive_rate")
    let sex = try #require(table.families.first { $0.attribute == "sex" })
    #expect(sex.reference == "Male" && sex.comparisons == 1)
    #expect(near(sex.critical, 1.959964, 1e-5))
    let female = try #require(sex.groups.first { $0.group == "Female" })
    let rate = try #require(female.value)
    #expect(female.denominator == 614 && abs(rate - 396.0 / 614) < 1e-12)
    #expect(female.method == "newcombe_t" && female.neededReason == nil)
    // The rule of thumb at p = .66: (1.96 + .84) sqrt(p q (1/614 + 1/3398)) = .0582.
    let below = try #require(female.detectableBelow)
    let above = try #require(female.detectableAbove)
    #expect(abs(below + 0.0582) < 0.002 && abs(above - 0.0582) < 0.002)
    let needed = try #require(female.needed)
    #expect((850...1000).contains(needed))
    let race = try #require(table.families.first { $0.attribute == "race" })
    #expect(race.comparisons == 4 && race.groups.count == 5)
    let other = try #require(race.groups.first { $0.group == "Other" })
    #expect(other.denominator == 16 && other.detectableAbove == nil)
    #expect(try #require(race.critical) > 2.4)
  }

  @Test("without predictions only what rates rest on is known")
  func withoutPredictions() throws {
    let rows = try table("--by", "race")
    #expect(rows.metric == "selection_rate" && rows.families.count == 1)
    #expect(rows.families[0].plannedRate == 0.5)
    #expect(rows.families[0].groups.allSatisfy { $0.value == nil })
    #expect(rows.families[0].groups.compactMap(\.denominator).reduce(0, +) == 16561)
    let positives = try table(
      "--by", "sex", "--label", "label", "--metric", "true_positive_rate", "--rate", "0.7")
    #expect(positives.families[0].groups.map(\.denominator) == [614, 3398])
    let labels = try table("--by", "sex", "--label", "label")
    #expect(
      labels.metric == "base_rate" && labels.families[0].groups.allSatisfy { $0.value != nil })
  }

  @Test("areas by their standard errors, from a configuration file")
  func areas() throws {
    let config = Workspace.repository.appendingPathComponent(
      "Datasets/adult-income/evenhand.yaml"
    ).path
    let table = try table("--config", config, "--metric", "roc_auc")
    #expect(table.families.count == 6)
    let female = try #require(table.families[0].groups.first { $0.group == "Female" })
    #expect(female.method == "standard_error")
    #expect(female.detectableBelow == female.detectableAbove.map { -$0 })
  }

  @Test("weights, clusters, missing and small groups")
  func special() throws {
    let workspace = try Workspace()
    var lines = ["g,y,w,c"]
    for row in 0..<400 {
      let group = row < 8 ? "tiny" : row < 20 ? "" : row.isMultiple(of: 3) ? "a" : "b"
      lines.append("\(group),\(row % 7 < 3 ? 1 : 0),\(row.isMultiple(of: 2) ? 1 : 3),\(row / 4)")
    }
    try workspace.write("t.csv", lines.joined(separator: "\n") + "\n")
    func groups(_ more: String...) throws -> [PowerAnswer.Group] {
      let arguments = ["power", "t.csv", "--by", "g", "--decision", "m=y", "--format", "json"]
      return try #require(try workspace.run(arguments + more).powerAnswer().table).families[0]
        .groups
    }
    let plain = try groups("--margin", "0.05")
    #expect(plain.map(\.group) == ["a", "b", "tiny", nil])
    #expect(plain[2].status == "insufficient" && plain[2].detectableAbove == nil)
    #expect(plain[2].reason?.contains("fewer than 10") == true && plain[2].needed == nil)
    #expect(plain[3].reason?.contains("without a value") == true)
    #expect(plain[0].needed == nil && plain[0].neededReason == "the reference is too small")
    let weighted = try groups("--weight", "w")
    // Weights of 1 and 3 in equal numbers are worth 4/5 of the rows: (Σw)²/Σw².
    let rows = try #require(plain[0].denominator)
    let worth = try #require(weighted[0].effectiveDenominator)
    #expect(abs(worth / rows - 0.8) < 0.05 && weighted[0].method == "pooled_z")
    let (more, less) = (weighted[0].detectableAbove ?? 0, plain[0].detectableAbove ?? 1)
    #expect(more > less)
    let clustered = try groups("--cluster", "c")
    #expect(clustered[0].method == "pooled_z" && clustered[0].detectableAbove != nil)
  }
}

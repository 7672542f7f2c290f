// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Slices") struct SlicesTests {
  /// 2,400 invented people: the error rate is 0.1, and 0.5 where region = north and trade = mason, a
  /// slice of about 200.
  ///
  /// - Parameter permutation: deals what stands from the label on anew among the rows.
  private static func table(permutation: UInt64? = nil) -> [[String]] {
    var random = SplitMix(state: 11)
    var rows = (0..<2400).map { _ -> [String] in
      let region = ["north", "south", "west"][Int(random.next() % 3)]
      let trade = ["baker", "mason", "smith", "tailor"][Int(random.next() % 4)]
      let age = Int.random(in: 18...70, using: &random)
      let rate = region == "north" && trade == "mason" ? 50 : 10
      let label = Int(random.next() % 2)
      let isWrong = Int.random(in: 0..<100, using: &random) < rate
      let decision = isWrong ? 1 - label : label
      let score = decision == 1 ? "0.75" : "0.25"
      return [region, trade, "\(age)", "\(label)", score, isWrong ? "0.5625" : "0.0625"]
    }
    if let permutation {
      random.state = permutation
      let errors = rows.map { Array($0[3...]) }.shuffled(using: &random)
      for (place, error) in errors.enumerated() { rows[place].replaceSubrange(3..., with: error) }
    }
    return rows
  }

  private static let header = ["region", "trade", "age", "label", "score", "loss"]

  static func csv(_ header: [String], _ rows: [[String]]) -> String {
    ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  static let good = csv(header, table())

  private static let request = [
    "slices", "t.csv", "--label", "label", "--model", "m=score", "--search", "region,trade,age",
    "--output", "-", "--format", "json",
  ]

  private func find(
    _ text: String = SlicesTests.good,
    _ arguments: [String] = SlicesTests.request, _ more: [String] = []
  ) throws -> SlicesFound {
    let workspace = try Workspace()
    try workspace.write("t.csv", text)
    let run = try workspace.run(arguments + more)
    try #require(run.exitCode == 0, "\(run.errors)")
    return try JSONDecoder().decode(SlicesFound.self, from: run.output)
  }

  /// A configuration of `evaluate` says the same as options, but for what means something else there.
  @Test func configuration() throws {
    let workspace = try Workspace()
    try workspace.write("t.csv", Self.good)
    try workspace.write(
      "c.yaml",
      """
      label: label
      model: {m: score}
      by: [region, trade, age]
      minimum: 10
      replicates: 500
      """)
    let run = try workspace.run(
      ["slices", "t.csv", "--config", "c.yaml", "--output", "-", "--format", "json"])
    try #require(run.exitCode == 0, "\(run.errors)")
    let configured = try JSONDecoder().decode(SlicesFound.self, from: run.output)
    let slices = try find().findings.searches[0].slices
    #expect(configured.findings.searches[0].slices.map(\.name) == slices.map(\.name))
    #expect(configured.findings.searches[0].slices.map(\.n) == slices.map(\.n))
  }

  @Test func plantedSliceIsEstablished() throws {
    let found = try find()
    let rows = Self.table()
    let planted = rows.filter { $0[0] == "north" && $0[1] == "mason" }
    let wrong = planted.count { ($0[4] == "0.75") != ($0[3] == "1") }
    let search = found.findings.searches[0]
    let slice = try #require(
      search.slices.first { $0.name == ["region=north", "trade=mason"] })
    #expect(slice.status == "established")
    #expect(slice.n == planted.count)
    #expect(slice.meanError == Double(wrong) / Double(planted.count))
    #expect(slice.adjustedPValue == 0.001)
    #expect(slice.pValue <= slice.adjustedPValue)
    // α (mean ÷ overall − 1) − (1 − α) (n ÷ size − 1)
    let all = rows.count { ($0[4] == "0.75") != ($0[3] == "1") }
    let ratio = slice.meanError / (Double(all) / 2400)
    let score = 0.95 * (ratio - 1) - 0.05 * (2400 / Double(planted.count) - 1)
    #expect(abs((slice.score ?? 0) - score) < 1e-12)
    #expect(search.slices[0].score == search.slices.compactMap(\.score).max())
    // Ages are 53 numbers: four groups, 3 + 4 + 4 values and their pairs and triples.
    #expect(search.familyByDepth[0] == 11 && search.familyByDepth[1] == 12 + 12 + 16)
    #expect(found.findings.columns.map(\.cut) == ["values", "values", "quartiles"])
  }

  /// Of 40 tables whose labels and scores are permuted among the rows, a twentieth may have an
  /// established slice; more than 7 have in seven of ten thousand cases. Unadjusted, most would.
  @Test func permutedLabelsEstablishNothing() throws {
    var tables = 0
    for permutation in 1...40 {
      let rows = Self.table(permutation: UInt64(permutation))
      let search = try find(
        Self.csv(Self.header, rows), Self.request, ["--replicates", "199"]
      ).findings.searches[0]
      #expect(search.slices.count == 10)
      #expect(
        search.slices.allSatisfy { ($0.status == "established") == ($0.adjustedPValue <= 0.05) })
      if search.establishedCount > 0 { tables += 1 }
    }
    #expect(tables <= 7)
  }

  /// The same people as counts, in another order: every number is the same, held-out rows included.
  @Test(arguments: [[], ["--holdout", "0.4"]])
  func countedTableIsItsExpansion(_ more: [String]) throws {
    var counts: [[String]: Int] = [:]
    for row in Self.table() { counts[row, default: 0] += 1 }
    let counted = counts.sorted { $1.key.joined() < $0.key.joined() }.map {
      $0.key + ["\($0.value)"]
    }
    #expect(counted.count < 2400)
    let one = try find(Self.good, Self.request, more)
    let other = try find(
      Self.csv(Self.header + ["times"], counted), Self.request, more + ["--count", "times"])
    #expect(one.findings == other.findings)
    let single = try find(
      Self.good, Self.request, more + ["--threads", "1"])
    #expect(one.findings == single.findings)
  }

  @Test func heldOutRows() throws {
    let share = try find(Self.good, Self.request, ["--holdout", "0.4"])
    let data = share.findings.data
    #expect(data.searched + data.heldOut == 2400)
    // Six standard deviations of a binomial number around 960.
    #expect(abs(Double(data.heldOut) - 960) < 6 * (2400 * 0.4 * 0.6).squareRoot())
    for slice in share.findings.searches[0].slices {
      let estimate = try #require(slice.holdout)
      #expect(estimate.n + estimate.restN == data.heldOut)
    }
    let region = try find(
      Self.good, Self.request, ["--holdout", "region=west"])
    let west = Self.table().count { $0[0] == "west" }
    #expect(region.findings.data.heldOut == west)
    // Nobody in the west is of the north.
    let north = region.findings.searches[0].slices.filter { $0.name.contains("region=north") }
    #expect(!north.isEmpty && north.allSatisfy { $0.holdout?.status == "no_rows" })
  }

  @Test func targets() throws {
    let text = Self.good
    let rows = Self.table()
    let negatives = rows.filter { $0[3] == "0" }
    let rate = try find(text, Self.request, ["--target", "false_positive_rate"])
    #expect(rate.findings.data.searched == negatives.count)
    #expect(
      rate.findings.searches[0].meanError
        == Double(negatives.count { $0[4] == "0.75" }) / Double(negatives.count))
    let residual = try find(text, Self.request, ["--target", "calibration_residual"])
    #expect(residual.findings.searches.map(\.direction) == ["scores_too_high", "scores_too_low"])
    let mean =
      rows.reduce(0.0) { $0 + (Double($1[4]) ?? 0) - (Double($1[3]) ?? 0) } / Double(rows.count)
    #expect(abs(residual.findings.searches[0].meanError - mean) < 1e-9)
    #expect(abs(residual.findings.searches[1].meanError + mean) < 1e-9)
    // A loss that is larger where the decision is wrong finds the same slice.
    let loss = try find(
      text,
      [
        "slices", "t.csv", "--target", "loss=loss", "--search", "region,trade", "--output", "-",
        "--format", "json",
      ])
    let slice = try #require(loss.findings.searches[0].slices.first)
    #expect(slice.name == ["region=north", "trade=mason"] && slice.status == "established")
  }

  @Test func filesAndSummary() throws {
    let workspace = try Workspace()
    try workspace.write("t.csv", Self.good)
    let run = try workspace.run(Array(Self.request.prefix(8)))
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(
      try workspace.files() == [
        "slices", "slices/slices.html", "slices/slices.json", "slices/slices.md", "t.csv",
      ])
    #expect(run.text.contains("region = north and trade = mason"))
    #expect(run.text.contains("slices/slices.html"))
    #expect(try workspace.text("slices/slices.html").contains("class=\"tree\""))
  }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Slices: refused") struct SlicesRefusedTests {
  @Test(arguments: refusals)
  func refused(_ refusal: Refusal) throws {
    try refusal.expectOneClearMessage()
  }

  private static func refuse(
    _ name: String, _ more: [String], exit: Int32 = 64, table: String = SlicesTests.good,
    says: [String]
  ) -> Refusal {
    var refusal = Refusal(name, bytes: Data(table.utf8), exit: exit, says: says)
    refusal.arguments = ["slices", "t.csv"] + more
    return refusal
  }

  /// 60 columns of two values: 34,220 triples of columns, eight slices each.
  private static var wide: String {
    let names = (0..<60).map { "c\($0)" }
    var random = SplitMix(state: 3)
    let rows = (0..<400).map { _ -> [String] in
      let bits = random.next()
      return (0..<60).map { bits >> UInt64($0) & 1 == 0 ? "a" : "b" } + ["1", "0.9"]
    }
    return SlicesTests.csv(names + ["label", "score"], rows)
  }

  private static let model = ["--label", "label", "--model", "m=score"]
  private static let search = ["--search", "region,trade"]

  static let refusals: [Refusal] = [
    refuse("no column", model, says: ["--search"]),
    refuse("unknown column", model + ["--search", "regoin"], says: ["regoin", "region"]),
    refuse("no model", search + ["--label", "label"], says: ["no model", "--model"]),
    refuse("no label", search + ["--model", "m=score"], says: ["--label"]),
    refuse(
      "several models", model + search + ["--decision", "d=label"],
      says: ["one model", "'m'", "'d'"]),
    refuse(
      "unknown target", model + search + ["--target", "accuracy"], says: ["accuracy", "loss="]),
    refuse(
      "residuals of decisions",
      search + ["--label", "label", "--decision", "d=label", "--target", "calibration_residual"],
      says: ["calibration_residual", "scores"]),
    refuse(
      "negative loss", ["--search", "sex", "--target", "loss=l"], exit: 65,
      table: "sex,l\nF,1\nM,-2\n", says: ["t.csv:3:", "column 'l'", "0 or more", "-2"]),
    refuse(
      "too few rows", ["--search", "sex"] + model, exit: 65, table: Refusal.good,
      says: ["4 rows", "32", "--minimum"]),
    refuse("depth 0", model + search + ["--depth", "0"], says: ["--depth", "it is 0"]),
    refuse("holdout 1.5", model + search + ["--holdout", "1.5"], says: ["--holdout", "1.5"]),
    refuse(
      "nobody to hold out", model + search + ["--holdout", "region=east"],
      says: ["column 'region'", "east"]),
    refuse(
      "too many slices",
      model + ["--minimum", "1", "--search", (0..<60).map { "c\($0)" }.joined(separator: ",")],
      table: wide, says: ["200000 slices", "--minimum", "--depth"]),
    refuse(
      "too few permutations", model + search + ["--replicates", "10"],
      says: ["--replicates", "it is 10"]),
    refuse("unknown flag", model + search + ["--by", "region"], says: ["--by"]),
  ]
}

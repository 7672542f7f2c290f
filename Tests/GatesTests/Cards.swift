// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandGates
import EvenhandSampling
import EvenhandScorecards
import EvenhandTabular
import Foundation

/// Scorecards to be judged.
enum Cards {
  /// True and false positives and negatives of a group.
  struct Counts {
    var group: String?
    var truePositives = 0
    var falsePositives = 0
    var falseNegatives = 0
    var trueNegatives = 0

    /// So many selected of so many, the labels of no interest.
    static func selected(_ group: String?, _ selected: Int, of n: Int) -> Counts {
      Counts(group: group, falsePositives: selected, trueNegatives: n - selected)
    }
  }

  static func group(_ name: String?, of attribute: String = "sex") -> Slice {
    Slice([.init(attribute: attribute, group: name)])
  }

  /// A counted table of one attribute and one model of decisions.
  static func card(
    _ groups: [Counts], configure: (inout Configuration) -> Void = { _ in }
  ) throws -> Scorecard {
    var (labels, decisions, names, counts) = ([Int?](), [Int?](), [String?](), [Double]())
    for group in groups {
      for (label, decision, count) in [
        (1, 1, group.truePositives), (0, 1, group.falsePositives), (1, 0, group.falseNegatives),
        (0, 0, group.trueNegatives),
      ] where count > 0 {
        labels.append(label)
        decisions.append(decision)
        names.append(group.group)
        counts.append(Double(count))
      }
    }
    let table = try Table(columns: [
      .category(CategoryColumn(name: "label", values: labels)),
      .category(CategoryColumn(name: "decision", values: decisions)),
      .category(CategoryColumn(name: "sex", values: names)),
      .number(try NumberColumn(name: "count", values: counts)),
    ])
    var configuration = Configuration(
      label: "label", models: [ModelRole("m", column: "decision", output: .decision)], by: ["sex"])
    configuration.count = "count"
    configuration.replicates = 200
    configuration.permutations = 0
    configuration.labelDraws = 0
    configuration.smallGroups = false
    configure(&configuration)
    return try Scorecard(evaluating: table, configuration)
  }

  /// So many people of a group, and whether each of two models selects them.
  typealias Agreement = (group: String, old: Bool, new: Bool, count: Int)

  /// A counted table of decisions of the models `old`, the baseline, and `new`.
  static func change(
    _ cells: [Agreement], reference: String = "M",
    configure: (inout Configuration) -> Void = { _ in }
  ) throws -> Scorecard {
    let own = cells.filter { $0.count > 0 }
    let table = try Table(columns: [
      .category(CategoryColumn(name: "sex", values: own.map { String?($0.group) })),
      .category(CategoryColumn(name: "old", values: own.map { Bool?($0.old) })),
      .category(CategoryColumn(name: "new", values: own.map { Bool?($0.new) })),
      .number(try NumberColumn(name: "count", values: own.map { Double($0.count) })),
    ])
    var configuration = Configuration(
      models: ["old", "new"].map { ModelRole($0, column: $0, output: .decision) }, by: ["sex"])
    configuration.references = ["sex": reference]
    configuration.count = "count"
    configuration.baseline = "old"
    configuration.replicates = 200
    configuration.permutations = 0
    configuration.smallGroups = false
    configure(&configuration)
    return try Scorecard(evaluating: table, configuration)
  }

  /// People with scores, in two attributes, a weight and a household of three.
  static func people(
    _ n: Int, seed: UInt64 = 1, sexes: [String?] = ["F", "M"], races: [String] = ["A", "B", "C"],
    configure: (inout Configuration) -> Void = { _ in }
  ) throws -> Scorecard {
    var stream = RandomStream(seed: seed, family: 0, replicate: 0)
    var (labels, scores, weights) = ([Int?](), [Double](), [Double]())
    var (sex, race, household) = ([String?](), [String?](), [String?]())
    for row in 0..<n {
      let risk = stream.share()
      labels.append(stream.share() < risk ? 1 : 0)
      scores.append(((0.2 + 0.7 * risk + 0.1 * stream.share()) * 1000).rounded() / 1000)
      weights.append(0.5 + stream.share())
      sex.append(sexes[Int(stream.share() * Double(sexes.count))])
      race.append(races[Int(stream.share() * Double(races.count))])
      household.append("\(row / 3)")
    }
    let table = try Table(columns: [
      .category(CategoryColumn(name: "label", values: labels)),
      .number(try NumberColumn(name: "score", values: scores)),
      .number(try NumberColumn(name: "weight", values: weights)),
      .category(CategoryColumn(name: "sex", values: sex)),
      .category(CategoryColumn(name: "race", values: race)),
      .category(CategoryColumn(name: "household", values: household)),
    ])
    var configuration = Configuration(
      label: "label", models: [ModelRole("m", column: "score")], by: ["sex", "race"])
    configuration.replicates = 300
    configuration.permutations = 0
    configuration.labelDraws = 0
    configuration.smallGroups = false
    configure(&configuration)
    return try Scorecard(evaluating: table, configuration)
  }

  static let today = CalendarDay("2026-06-15") ?? CalendarDay(Date(timeIntervalSince1970: 0))

  static func judge(_ card: Scorecard, _ gates: [Gate], alpha: Double = 0.05) throws
    -> [GateVerdict]
  {
    try Judge(Policy(alpha: alpha, gates: gates), today: today).verdicts(card)
  }

  static func judge(_ card: Scorecard, _ gate: Gate, alpha: Double = 0.05) throws -> GateVerdict {
    try judge(card, [gate], alpha: alpha)[0]
  }

  /// A gate of a policy's text, whose lines are those of one gate.
  static func judge(_ card: Scorecard, yaml: String, alpha: Double = 0.05) throws -> GateVerdict {
    let lines = yaml.split(separator: "\n").map { "    \($0)\n" }.joined()
    let text = "alpha: \(alpha)\ngates:\n  - name: g\n" + lines
    let policy = try Policy(yaml: Data(text.utf8), name: "policy.yaml")
    return try Judge(policy, today: today).verdicts(card)[0]
  }
}

extension RandomStream {
  mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }
}

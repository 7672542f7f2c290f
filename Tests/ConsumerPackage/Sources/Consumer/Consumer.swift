// SPDX-License-Identifier: Apache-2.0
import Evenhand
import Metrics

/// Makes a scorecard from arrays and counts it with swift-metrics.
@main
enum Consumer {
  static func main() throws {
    // 30 of 40 people are selected in the north, 10 of 40 in the south.
    let groups: [String?] = (0..<80).map { $0 < 40 ? "north" : "south" }
    let scores = (0..<80).map { $0 % 40 < ($0 < 40 ? 30 : 10) ? 0.9 : 0.1 }
    let table = try Table(columns: [
      .category(CategoryColumn(name: "group", values: groups)),
      .number(try NumberColumn(name: "score", values: scores)),
    ])
    let configuration = Configuration(
      models: [ModelRole("candidate", column: "score")], by: ["group"])
    let scorecard = try Scorecard(evaluating: table, configuration)
    let gap = scorecard.gaps.first { $0.name == "demographic_parity_difference" }
    print("demographic_parity_difference \(gap?.value ?? .nan)")

    let counter = Counter(label: "scorecards", dimensions: [("model", "candidate")])
    counter.increment()
    print("counted \(counter.label)")
  }
}

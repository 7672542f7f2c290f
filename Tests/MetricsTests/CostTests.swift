// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import RealModule
import Testing

@Suite("Costs and net benefit")
struct CostTests {
  /// 1,000 people: 80 of 100 positives selected, and 120 of 900 negatives.
  private let counts = DecisionCounts(
    truePositives: 80, falsePositives: 120, falseNegatives: 20, trueNegatives: 780)

  @Test("Net benefit by hand: (80 − 120 · 0.2 / 0.8) / 1000")
  func netBenefit() throws {
    #expect(agree(try NetBenefit(thresholdProbability: 0.2).value(counts), 0.05))
    // Selecting everybody: π − (1 − π) p / (1 − p); nobody: 0.
    let everybody = DecisionCounts(
      truePositives: 100, falsePositives: 900, falseNegatives: 0, trueNegatives: 0)
    #expect(agree(try NetBenefit(thresholdProbability: 0.2).value(everybody), 0.1 - 0.9 * 0.25))
    let nobody = DecisionCounts(
      truePositives: 0, falsePositives: 0, falseNegatives: 100, trueNegatives: 900)
    #expect(try NetBenefit(thresholdProbability: 0.2).value(nobody) == 0)
  }

  @Test("Expected cost by hand: (5 · 120 + 20) / 1000, and with benefits")
  func expectedCost() throws {
    #expect(
      agree(try ExpectedCost(CostMatrix(falsePositive: 5, falseNegative: 1)).value(counts), 0.62))
    let costs = CostMatrix(
      truePositive: -2, falsePositive: 5, falseNegative: 1, trueNegative: 0.5)
    #expect(agree(try ExpectedCost(costs).value(counts), (-160 + 600 + 20 + 390) / 1000))
  }

  @Test("Equal costs of errors are 1 − accuracy; another unit of costs is another unit of the mean")
  func laws() throws {
    var draws = Draws(61)
    for _ in 0..<200 {
      let counts = draws.counts()
      guard let accuracy = try? Accuracy().value(counts) else { continue }
      #expect(agree(try ExpectedCost().value(counts), 1 - accuracy))
      let costs = CostMatrix(
        truePositive: 1, falsePositive: 4, falseNegative: 7, trueNegative: -2)
      let scaled = CostMatrix(
        truePositive: 3 + 10, falsePositive: 12 + 10, falseNegative: 21 + 10,
        trueNegative: -6 + 10)
      #expect(
        agree(
          try ExpectedCost(scaled).value(counts), 3 * (try ExpectedCost(costs).value(counts)) + 10))
    }
  }

  @Test("Net benefit is the base rate less the cost of errors at the exchange rate")
  func identity() throws {
    var draws = Draws(62)
    for probability in [0.05, 0.2, 0.5, 0.8] {
      let counts = DecisionCounts(draws.counts().cells * DecisionCells.labelledAndDecided.indicator)
      guard let base = try? BaseRate().value(counts) else { continue }
      let exchange = probability / (1 - probability)
      let cost = try ExpectedCost(CostMatrix(falsePositive: exchange, falseNegative: 1))
        .value(counts)
      #expect(
        agree(try NetBenefit(thresholdProbability: probability).value(counts), base - cost))
    }
  }

  @Test("Costs are read by short and long names, and written with all four")
  func parsing() throws {
    let costs = try CostMatrix(parsing: ["fp=5", "false_negative=1.5"])
    #expect(costs == CostMatrix(falsePositive: 5, falseNegative: 1.5))
    #expect(costs.items == ["tp=0.0", "fp=5.0", "fn=1.5", "tn=0.0"])
    #expect(try CostMatrix(parsing: costs.items) == costs)
  }

  @Test(
    "What is no matrix of costs is refused",
    arguments: [
      (["fp=5"], "both errors need a cost"), (["fp=5", "fn=x"], "'fn=x' is not OUTCOME=NUMBER"),
      (["fp=5", "fn=nan"], "'fn=nan' is not"), (["fp=5", "fn=1", "xx=2"], "'xx' is no outcome"),
      (["fp=5", "fn=1", "false_positive=2"], "'false_positive' is given twice"),
      (["fp", "fn=1"], "'fp' is not OUTCOME=NUMBER"), ([], "both errors need a cost"),
    ])
  func refused(items: [String], says: String) {
    #expect {
      try CostMatrix(parsing: items)
    } throws: {
      "\($0)".contains(says)
    }
  }

  @Test("A catalogue has what was stated, and only that")
  func catalogue() {
    let standard = Catalogue.standard
    let none = standard.stating(costs: nil, netBenefit: nil)
    #expect(none.metric("expected_cost") == nil && none.metric("net_benefit") == nil)
    #expect(none.all.count == standard.all.count - 2)
    let costs = CostMatrix(falsePositive: 2, falseNegative: 3)
    let both = standard.stating(costs: costs, netBenefit: 0.3)
    #expect((both.metric("expected_cost") as? ExpectedCost)?.costs == costs)
    #expect((both.metric("net_benefit") as? NetBenefit)?.thresholdProbability == 0.3)
    #expect(both.all.map(\.id) == standard.all.map(\.id))
  }
}

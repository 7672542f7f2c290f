// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import RealModule
import Testing

/// Laws that hold for every decision metric, whatever the table.
@Suite("Laws of decision metrics")
struct DecisionLawTests {
  private let metrics = Catalogue.standard.decision

  @Test("A value lies within the metric's range")
  func range() {
    var draws = Draws(21)
    for _ in 0..<500 {
      let counts = draws.counts()
      for metric in metrics {
        guard let value = try? metric.value(counts) else { continue }
        #expect(metric.range.contains(value), "\(metric.id) of \(counts)")
      }
    }
  }

  @Test("Undefined exactly where a denominator is empty")
  func undefined() {
    var draws = Draws(22)
    for _ in 0..<500 {
      let counts = draws.counts()
      for case let metric as any Rate in metrics {
        let isEmpty = counts.sum(metric.among) == 0
        #expect(((try? metric.value(counts)) == nil) == isEmpty, "\(metric.id) of \(counts)")
      }
    }
  }

  @Test("Weights in another unit change nothing")
  func scale() throws {
    var draws = Draws(23)
    for _ in 0..<100 {
      let counts = draws.weights()
      let scaled = DecisionCounts(counts.cells * 7)
      for metric in metrics {
        #expect(agree(try metric.value(scaled), try metric.value(counts)), "\(metric.id)")
      }
    }
  }

  @Test("Counts of a union are the sum of the counts, whatever the order")
  func merge() throws {
    var draws = Draws(24)
    let parts = (0..<20).map { _ in draws.counts() }
    let shuffled = draws.shuffled(parts)
    let sum = parts.reduce(DecisionCounts(), +)
    #expect(shuffled.reduce(DecisionCounts(), +) == sum)
    var grown = DecisionCounts()
    for part in parts { grown += part }
    #expect(grown == sum)
    // Row by row: each row adds 1 to its cell.
    var byRow = DecisionCounts()
    for part in parts {
      for cell in 0..<8 {
        for _ in 0..<Int(part.cells[cell]) { byRow.cells[cell] += 1 }
      }
    }
    #expect(byRow == sum)
  }

  @Test("Every label and decision has its own cell")
  func cells() {
    let options: [Bool?] = [true, false, nil]
    let found = options.flatMap { label in
      options.map { DecisionCounts.cell(label: label, decision: $0) }
    }
    #expect(found.compactMap { $0 }.sorted() == Array(0..<8))
    #expect(DecisionCounts.cell(label: nil, decision: nil) == nil)
    #expect(DecisionCells.labelledAndDecided.indicator == SIMD8(1, 1, 1, 1, 0, 0, 0, 0))
  }

  @Test("The gradient is the derivative (central differences)")
  func gradient() throws {
    var draws = Draws(25)
    for _ in 0..<50 {
      let counts = draws.weights()
      for metric in metrics {
        let gradient = try metric.gradient(counts)
        for cell in 0..<8 {
          let step = 1e-4
          var (up, down) = (counts, counts)
          up.cells[cell] += step
          down.cells[cell] -= step
          let slope = (try metric.value(up) - metric.value(down)) / (2 * step)
          #expect(abs(gradient[cell] - slope) <= 1e-7, "\(metric.id), cell \(cell)")
        }
      }
    }
  }

  @Test("Gradient · counts = 0: a metric does not depend on how many rows there are (Euler)")
  func homogeneity() throws {
    var draws = Draws(26)
    for _ in 0..<100 {
      let counts = draws.weights()
      for metric in metrics {
        let sum = (try metric.gradient(counts) * counts.cells).sum()
        #expect(abs(sum) <= 1e-12, "\(metric.id)")
      }
    }
  }

  @Test("A rate's smoothed variance is p̃(1−p̃)/(n+2) with p̃ = (x+1)/(n+2)")
  func smoothing() throws {
    var draws = Draws(27)
    for _ in 0..<200 {
      let counts = draws.counts()
      for case let metric as any Rate in metrics {
        let (x, n) = (counts.sum(metric.counted), counts.sum(metric.among))
        let smoothed = (x + 1) / (n + 2)
        #expect(
          agree(
            try metric.smoothedVariance(counts), smoothed * (1 - smoothed) / (n + 2),
            within: 1e-14), "\(metric.id)")
      }
    }
  }

  @Test(
    "Complements add up to 1",
    arguments: [
      ("true_positive_rate", "false_negative_rate"), ("true_negative_rate", "false_positive_rate"),
      ("precision", "false_discovery_rate"), ("negative_predictive_value", "false_omission_rate"),
    ])
  func complements(first: String, second: String) throws {
    var draws = Draws(28)
    let one = try #require(metrics.first { $0.id == first })
    let other = try #require(metrics.first { $0.id == second })
    for _ in 0..<200 {
      let counts = draws.counts()
      let (a, b) = (try? one.value(counts), try? other.value(counts))
      #expect((a == nil) == (b == nil))
      if let a, let b { #expect(agree(a + b, 1, within: 1e-15)) }
    }
  }

  /// FPR = p/(1−p) · (1−PPV)/PPV · (1−FNR), Chouldechova 2017, doi:10.1089/big.2016.0047.
  @Test("Chouldechova's identity")
  func chouldechova() throws {
    var draws = Draws(29)
    for _ in 0..<200 {
      var counts = draws.weights()
      // The identity is about rows that have both label and decision.
      for cell in 4..<8 { counts.cells[cell] = 0 }
      let p = try BaseRate().value(counts)
      let precision = try Precision().value(counts)
      let missed = try FalseNegativeRate().value(counts)
      let expected = p / (1 - p) * (1 - precision) / precision * (1 - missed)
      #expect(agree(try FalsePositiveRate().value(counts), expected))
    }
  }

  @Test("Composites follow from their parts")
  func composites() throws {
    var draws = Draws(30)
    for _ in 0..<200 {
      let counts = draws.weights()
      let sensitivity = try TruePositiveRate().value(counts)
      let specificity = try TrueNegativeRate().value(counts)
      let precision = try Precision().value(counts)
      let negative = try NegativePredictiveValue().value(counts)
      #expect(agree(try BalancedAccuracy().value(counts), (sensitivity + specificity) / 2))
      #expect(agree(try AverageOdds().value(counts), (sensitivity + 1 - specificity) / 2))
      let f1 = 2 * precision * sensitivity / (precision + sensitivity)
      #expect(agree(try F1().value(counts), f1))
      #expect(agree(try ThreatScore().value(counts), f1 / (2 - f1)))
      // |MCC| is the geometric mean of informedness and markedness.
      let (informedness, markedness) = (sensitivity + specificity - 1, precision + negative - 1)
      let correlation = try MatthewsCorrelation().value(counts)
      #expect(agree(correlation * correlation, informedness * markedness))
    }
  }

  @Test("Cross-products of unweighted counts: a quadratic form over cells")
  func crossProducts() {
    var draws = Draws(31)
    let (counts, left, right) = (draws.counts().cells, draws.weights().cells, draws.weights().cells)
    var sum = CrossProducts()
    var halves = (CrossProducts(), CrossProducts())
    for cell in 0..<8 {
      var unit = SIMD8<Double>()
      unit[cell] = 1
      for index in 0..<Int(counts[cell]) {
        sum.add(unit)
        if index % 2 == 0 { halves.0.add(unit) } else { halves.1.add(unit) }
      }
    }
    #expect(sum == CrossProducts(counts: counts))
    halves.0 += halves.1
    #expect(halves.0 == sum)
    #expect(agree(sum.form(left, right), (counts * left * right).sum()))
    var dense = CrossProducts()
    dense.add(left, scale: 3)
    #expect(agree(dense.form(right, counts), 3 * (left * right).sum() * (left * counts).sum()))
  }
}

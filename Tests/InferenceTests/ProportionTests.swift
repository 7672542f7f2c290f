// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

/// Wilson and Clopper–Pearson.
@Suite struct ProportionTests {
  @Test func wilsonValues() {
    for (x, n, confidence, low, high) in ReferenceValues.wilson {
      let interval = Wilson.interval(successes: x, trials: n, confidence: confidence)
      #expect(
        agree(interval.low, low, within: 1e-12) && agree(interval.high, high, within: 1e-12),
        "\(x) \(n) \(interval) \(low) \(high)")
    }
  }

  @Test func clopperPearsonValues() {
    for (x, n, confidence, low, high) in ReferenceValues.clopperPearson {
      let interval = ClopperPearson.interval(successes: x, trials: n, confidence: confidence)
      #expect(
        agree(interval.low, low, within: 1e-12) && agree(interval.high, high, within: 1e-12),
        "\(x) \(n) \(confidence) \(interval) \(low) \(high)")
    }
  }

  /// Newcombe 1998's printed examples.
  @Test func printedValues() {
    func wilson(_ x: Double, _ n: Double) -> Interval {
      Wilson.interval(successes: x, trials: n, confidence: 0.95)
    }
    #expect(agree(wilson(81, 263), [0.2553, 0.3662], within: 5e-5))
    #expect(agree(wilson(15, 148), [0.0624, 0.1605], within: 5e-5))
    #expect(agree(wilson(0, 20), [0, 0.1611], within: 5e-5))
    #expect(agree(wilson(1, 29), [0.0061, 0.1718], within: 5e-5))
    let exact = ClopperPearson.interval(successes: 0, trials: 20, confidence: 0.95)
    #expect(agree(exact, [0, 0.1684], within: 5e-5))
  }

  @Test func lawsOverRandomTables() {
    for (x, n, _, _, confidence) in RandomTables(seed: 1, count: 4000) {
      let pairs = [
        (
          Wilson.interval(successes: x, trials: n, confidence: confidence),
          Wilson.interval(successes: n - x, trials: n, confidence: confidence)
        ),
        (
          ClopperPearson.interval(successes: x, trials: n, confidence: confidence),
          ClopperPearson.interval(successes: n - x, trials: n, confidence: confidence)
        ),
      ]
      for (interval, mirrored) in pairs {
        #expect(interval.low <= x / n && x / n <= interval.high && interval.low < interval.high)
        #expect(interval.low >= 0 && interval.high <= 1)
        #expect((interval.low == 0) == (x == 0) && (interval.high == 1) == (x == n))
        #expect(abs(interval.low - (1 - mirrored.high)) < 1e-13)
      }
    }
  }

  /// Coverage by enumeration of all outcomes over a grid of rates.
  @Test(arguments: [10, 50, 200])
  func exactCoverage(trials: Int) {
    let n = Double(trials)
    let rates = (1..<1000).map { Double($0) / 1000 }
    let wilson = (0...trials).map {
      Wilson.interval(successes: Double($0), trials: n, confidence: 0.95)
    }
    let exact = (0...trials).map {
      ClopperPearson.interval(successes: Double($0), trials: n, confidence: 0.95)
    }
    let coverage = rates.map { Enumeration.coverage(of: wilson, at: $0) }
    #expect(abs(coverage.reduce(0, +) / 999 - 0.95) < 0.01)
    #expect((coverage.min() ?? 0) > 0.83)
    #expect(rates.allSatisfy { Enumeration.coverage(of: exact, at: $0) >= 0.95 })
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

/// Wilson, Clopper–Pearson and Jeffreys.
@Suite struct ProportionTests {
  /// x, n with the 95 % limits of Wilson, Clopper–Pearson and Jeffreys; the first four of Wilson's
  /// and 0/20 of Clopper–Pearson's are printed in Newcombe 1998.
  static let values: [(Double, Double, [Double], [Double], [Double])] = [
    (
      81, 263, [0.25528852, 0.36620958],
      [0.25273675, 0.36762192], [0.25452193, 0.3656475]
    ),
    (
      15, 148, [0.0623864, 0.16048724],
      [0.05784401, 0.16165049], [0.06044852, 0.15764314]
    ),
    (
      0, 20, [0.0, 0.16112516],
      [0.0, 0.16843347], [0.0, 0.11663898]
    ),
    (
      1, 29, [0.00611321, 0.17175522],
      [0.00087265, 0.1776443], [0.00374617, 0.15007769]
    ),
    (
      10, 10, [0.7224672, 1.0],
      [0.69150289, 1.0], [0.78280373, 1.0]
    ),
    (
      5, 10, [0.23659309, 0.76340691],
      [0.18708603, 0.81291397], [0.22352867, 0.77647133]
    ),
    (
      0, 101, [0.0, 0.03664065],
      [0.0, 0.03586462], [0.0, 0.0245039]
    ),
    (
      7, 16, [0.23098652, 0.66821444],
      [0.19753414, 0.7012231], [0.22160596, 0.67385763]
    ),
  ]

  @Test func printedValues() {
    for (x, n, wilson, exact, jeffreys) in Self.values {
      #expect(
        agree(Wilson.interval(successes: x, trials: n, confidence: 0.95), wilson, within: 6e-9))
      #expect(
        agree(
          ClopperPearson.interval(successes: x, trials: n, confidence: 0.95), exact, within: 6e-9))
      #expect(
        agree(Jeffreys.interval(successes: x, trials: n, confidence: 0.95), jeffreys, within: 6e-9))
    }
  }

  @Test func wilsonValues() {
    for (x, n, confidence, low, high) in ReferenceValues.wilson {
      let interval = Wilson.interval(successes: x, trials: n, confidence: confidence)
      #expect(
        agree(interval.low, low, within: 1e-12) && agree(interval.high, high, within: 1e-12),
        "\(x) \(n) \(interval) \(low) \(high)")
      #expect(
        interval
          == Wilson.interval(
            Proportion(successes: x, trials: n), critical: Normal.critical(confidence: confidence)))
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

  @Test func lawsOverRandomTables() {
    typealias Method = (_ successes: Double, _ trials: Double, _ confidence: Double) -> Interval
    let methods: [Method] = [
      Wilson.interval, ClopperPearson.interval, Jeffreys.interval,
    ]
    for (x, n, _, _, confidence) in RandomTables(seed: 1, count: 4000) {
      for method in methods {
        let interval = method(x, n, confidence)
        let mirrored = method(n - x, n, confidence)
        #expect(interval.low <= x / n && x / n <= interval.high && interval.low < interval.high)
        #expect(interval.low >= 0 && interval.high <= 1)
        #expect((interval.low == 0) == (x == 0) && (interval.high == 1) == (x == n))
        #expect(abs(interval.low - (1 - mirrored.high)) < 1e-13)
      }
    }
  }

  /// At low confidences both of Jeffreys's tails may lie beyond 1/30 and 29/30.
  @Test func jeffreysContainsTheProportion() {
    for successes in [1.0, 29] {
      let interval = Jeffreys.interval(successes: successes, trials: 30, confidence: 0.1)
      #expect(interval.low <= successes / 30 && successes / 30 <= interval.high)
      #expect(interval.low < interval.high)
    }
  }

  /// Clopper and Pearson's guarantee, over all outcomes.
  @Test func exactCoverageIsNeverBelowNominal() {
    for n in 1...40 {
      let intervals = (0...n).map {
        ClopperPearson.interval(successes: Double($0), trials: Double(n), confidence: 0.95)
      }
      for step in 1..<500 {
        let coverage = Enumeration.coverage(of: intervals, at: Double(step) / 500)
        #expect(coverage >= 0.95 - 1e-12, "\(n) \(step)")
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

  /// The coverage averaged over all rates, in closed form: Σ ∫ P(x) over the interval of x.
  @Test func meanCoverage() {
    func mean(_ n: Double, _ method: (Double) -> Interval) -> Double {
      stride(from: 0, through: n, by: 1).reduce(0) { sum, x in
        let interval = method(x)
        func below(_ rate: Double) -> Double {
          Beta.cumulative(rate, alpha: x + 1, beta: n - x + 1)
        }
        return sum + (below(interval.high) - below(interval.low)) / (n + 1)
      }
    }
    // n, Clopper–Pearson, Wilson: Agresti & Coull 1998, table 1, doi:10.2307/2685469.
    let printed = [
      (5.0, 0.990, 0.955), (15, 0.980, 0.953), (30, 0.973, 0.952), (100, 0.965, 0.951),
    ]
    for (n, exact, wilson) in printed {
      #expect(
        abs(mean(n) { ClopperPearson.interval(successes: $0, trials: n, confidence: 0.95) } - exact)
          < 5e-4)
      #expect(
        abs(mean(n) { Wilson.interval(successes: $0, trials: n, confidence: 0.95) } - wilson)
          < 5e-4)
    }
    let jeffreys = mean(100) { Jeffreys.interval(successes: $0, trials: 100, confidence: 0.95) }
    #expect(abs(jeffreys - 0.95) < 1e-3)
  }
}

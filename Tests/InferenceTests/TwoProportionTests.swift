// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

/// Newcombe, Miettinen–Nurminen and Koopman.
@Suite struct TwoProportionTests {
  /// x₁, n₁, x₂, n₂ with the 95 % limits of Newcombe and of Miettinen–Nurminen; the first row is
  /// in table II of Newcombe 1998.
  static let differences: [(Double, Double, Double, Double, [Double], [Double])] = [
    (
      56, 70, 48, 80,
      [0.05243147, 0.33387265], [0.05282971, 0.33817294]
    ),
    (
      9, 10, 3, 10,
      [0.17052272, 0.80901797], [0.17002502, 0.84064954]
    ),
    (
      6, 7, 2, 7,
      [0.05822793, 0.80624964], [0.03417555, 0.85340526]
    ),
    (
      5, 56, 0, 29,
      [-0.03813715, 0.19256001], [-0.03259656, 0.19333098]
    ),
    (
      0, 10, 0, 20,
      [-0.16112516, 0.2775328], [-0.16576023, 0.28438134]
    ),
    (
      0, 10, 0, 10,
      [-0.2775328, 0.2775328], [-0.28793394, 0.28793394]
    ),
    (
      10, 10, 0, 20,
      [0.67908604, 1.0], [0.71561866, 1.0]
    ),
    (
      10, 10, 0, 10,
      [0.60750935, 1.0], [0.66364155, 1.0]
    ),
    (
      386, 4840, 2507, 9813,
      [-0.18710238, -0.16404997], [-0.18715958, -0.16410548]
    ),
    (
      114, 1347, 2662, 12665,
      [-0.14102946, -0.10802089], [-0.14111952, -0.10809477]
    ),
    (
      8, 115, 2662, 12665,
      [-0.17526967, -0.07850031], [-0.17547643, -0.07858849]
    ),
  ]

  /// x₁, n₁, x₂, n₂ with Koopman's 95 % limits; the first row is in Koopman 1984.
  static let ratios: [(Double, Double, Double, Double, [Double])] = [
    (36, 40, 16, 80, [2.93956919, 7.15222343]),
    (8, 15, 4, 15, [0.81501354, 5.33631685]),
    (48, 80, 56, 70, [0.59851368, 0.92607898]),
    (0, 10, 5, 10, [0.0, 0.61286058]),
    (386, 4840, 2507, 9813, [0.2819653, 0.34537899]),
    (8, 115, 2662, 12665, [0.16956726, 0.62520092]),
    (0, 101, 596, 9498, [0.0, 0.58404274]),
  ]

  @Test func differenceValues() {
    for (x, n, y, m, newcombe, score) in Self.differences {
      #expect(agree(Self.newcombe(x, n, y, m), newcombe, within: 1e-8))
      #expect(agree(Self.score(x, n, y, m), score, within: 1e-8))
    }
  }

  @Test func ratioValues() {
    for (x, n, y, m, koopman) in Self.ratios {
      #expect(agree(Self.koopman(x, n, y, m), koopman, within: 1e-7))
    }
  }

  @Test func lawsOverRandomTables() {
    for (x, n, y, m, confidence) in RandomTables(seed: 2, count: 2000) {
      let difference = x / n - y / m
      for interval in [
        Self.newcombe(x, n, y, m, confidence), Self.score(x, n, y, m, confidence),
      ] {
        #expect(interval.low <= difference && difference <= interval.high)
        #expect(interval.low < interval.high && interval.low >= -1 && interval.high <= 1)
      }
      let ratio = Self.koopman(x, n, y, m, confidence)
      #expect(ratio.low < ratio.high && ratio.low >= 0)
      #expect((ratio.low == 0) == (x == 0) && (ratio.high == .infinity) == (y == 0))
      if x > 0 || y > 0 {
        let estimate = (x / n) / (y / m)
        #expect(ratio.low <= estimate * (1 + 1e-14) && estimate * (1 - 1e-14) <= ratio.high)
      }
    }
  }

  /// Exchanging the groups flips the sign and inverts the ratio, and changes nothing else.
  @Test func exchangingTheGroups() {
    for (x, n, y, m, confidence) in RandomTables(seed: 3, count: 500) {
      let forth = Self.score(x, n, y, m, confidence)
      let back = Self.score(y, m, x, n, confidence)
      #expect(agree(forth, [-back.high, -back.low], within: 1e-11))
      let hybrid = Self.newcombe(y, m, x, n, confidence)
      #expect(
        agree(Self.newcombe(x, n, y, m, confidence), [-hybrid.high, -hybrid.low], within: 1e-14))
      let ratio = Self.koopman(x, n, y, m, confidence)
      let inverse = Self.koopman(y, m, x, n, confidence)
      #expect(agree(ratio.low, 1 / inverse.high, within: 1e-10))
      #expect(agree(ratio.high, 1 / inverse.low, within: 1e-10))
    }
  }

  /// Coverage over all outcomes: mean near nominal, nowhere far below.
  @Test func exactCoverage() {
    let rates = [(0.5, 0.5), (0.3, 0.5), (0.1, 0.3), (0.8, 0.8), (0.9, 0.6), (0.05, 0.2)]
    for (n, m) in [(20, 30), (40, 25)] {
      let newcombe = rates.map { p, q in
        Enumeration.coverage(trials: (n, m), rates: (p, q), truth: p - q) {
          Self.newcombe($0, Double(n), $1, Double(m))
        }
      }
      let score = rates.map { p, q in
        Enumeration.coverage(trials: (n, m), rates: (p, q), truth: p - q) {
          Self.score($0, Double(n), $1, Double(m))
        }
      }
      let koopman = rates.map { p, q in
        Enumeration.coverage(trials: (n, m), rates: (p, q), truth: p / q) {
          Self.koopman($0, Double(n), $1, Double(m))
        }
      }
      for coverage in [newcombe, score, koopman] {
        #expect(abs(coverage.reduce(0, +) / Double(rates.count) - 0.955) < 0.01, "\(coverage)")
        #expect((coverage.min() ?? 0) > 0.93, "\(coverage)")
      }
    }
  }

  static func newcombe(
    _ x: Double, _ n: Double, _ y: Double, _ m: Double, _ confidence: Double = 0.95
  ) -> Interval {
    Newcombe.interval(
      successes: x, trials: n, referenceSuccesses: y, referenceTrials: m, confidence: confidence)
  }

  static func score(
    _ x: Double, _ n: Double, _ y: Double, _ m: Double, _ confidence: Double = 0.95
  ) -> Interval {
    MiettinenNurminen.difference(
      successes: x, trials: n, referenceSuccesses: y, referenceTrials: m, confidence: confidence)
  }

  static func koopman(
    _ x: Double, _ n: Double, _ y: Double, _ m: Double, _ confidence: Double = 0.95
  ) -> Interval {
    Koopman.ratio(
      successes: x, trials: n, referenceSuccesses: y, referenceTrials: m, confidence: confidence)
  }
}

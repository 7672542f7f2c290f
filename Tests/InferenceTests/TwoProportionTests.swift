// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Testing

/// Newcombe, Mee, Miettinen–Nurminen, Koopman and Katz.
@Suite struct TwoProportionTests {
  /// x₁, n₁, x₂, n₂ with the 95 % limits of Newcombe, of Mee and of Miettinen–Nurminen; the first
  /// row is in table II of Newcombe 1998.
  static let differences: [(Double, Double, Double, Double, [Double], [Double], [Double])] = [
    (
      56, 70, 48, 80,
      [0.05243147, 0.33387265], [0.05333385, 0.33772946],
      [0.05282971, 0.33817294]
    ),
    (
      9, 10, 3, 10,
      [0.17052272, 0.80901797], [0.1821265, 0.83695033],
      [0.17002502, 0.84064954]
    ),
    (
      6, 7, 2, 7,
      [0.05822793, 0.80624964], [0.05444833, 0.84780908],
      [0.03417555, 0.85340526]
    ),
    (
      5, 56, 0, 29,
      [-0.03813715, 0.19256001], [-0.03132707, 0.19256001],
      [-0.03259656, 0.19333098]
    ),
    (
      0, 10, 0, 20,
      [-0.16112516, 0.2775328], [-0.16112516, 0.2775328],
      [-0.16576023, 0.28438134]
    ),
    (
      0, 10, 0, 10,
      [-0.2775328, 0.2775328], [-0.2775328, 0.2775328],
      [-0.28793394, 0.28793394]
    ),
    (
      10, 10, 0, 20,
      [0.67908604, 1.0], [0.7224672, 1.0],
      [0.71561866, 1.0]
    ),
    (
      10, 10, 0, 10,
      [0.60750935, 1.0], [0.67774968, 1.0],
      [0.66364155, 1.0]
    ),
    (
      386, 4840, 2507, 9813,
      [-0.18710238, -0.16404997], [-0.18715919, -0.16410588],
      [-0.18715958, -0.16410548]
    ),
    (
      114, 1347, 2662, 12665,
      [-0.14102946, -0.10802089], [-0.141119, -0.10809543],
      [-0.14111952, -0.10809477]
    ),
    (
      8, 115, 2662, 12665,
      [-0.17526967, -0.07850031], [-0.17547546, -0.07859151],
      [-0.17547643, -0.07858849]
    ),
  ]

  /// x₁, n₁, x₂, n₂ with the 95 % limits of Koopman and of Miettinen–Nurminen; the first row is in
  /// Koopman 1984.
  static let ratios: [(Double, Double, Double, Double, [Double], [Double])] = [
    (
      36, 40, 16, 80,
      [2.93956919, 7.15222343], [2.93464646, 7.1662983]
    ),
    (
      8, 15, 4, 15,
      [0.81501354, 5.33631685], [0.80336665, 5.42309693]
    ),
    (
      48, 80, 56, 70,
      [0.59851368, 0.92607898], [0.59803413, 0.92674359]
    ),
    (
      0, 10, 5, 10,
      [0.0, 0.61286058], [0.0, 0.64117787]
    ),
    (
      386, 4840, 2507, 9813,
      [0.2819653, 0.34537899], [0.28196432, 0.34538018]
    ),
    (
      8, 115, 2662, 12665,
      [0.16956726, 0.62520092], [0.16956293, 0.62521531]
    ),
    (
      0, 101, 596, 9498,
      [0.0, 0.58404274], [0.0, 0.58410139]
    ),
  ]

  @Test func differenceValues() {
    for (x, n, y, m, newcombe, mee, score) in Self.differences {
      let table = Table(x, n, y, m)
      #expect(agree(table.interval(Newcombe.difference), newcombe, within: 6e-9))
      #expect(agree(table.interval(Mee.difference), mee, within: 6e-9))
      #expect(agree(table.interval(MiettinenNurminen.difference), score, within: 6e-9))
    }
  }

  @Test func ratioValues() {
    for (x, n, y, m, koopman, score) in Self.ratios {
      let table = Table(x, n, y, m)
      #expect(agree(table.interval(Koopman.ratio), koopman, within: 6e-9))
      #expect(agree(table.interval(MiettinenNurminen.ratio), score, within: 6e-9))
    }
  }

  /// Impact ratios of Adult's groups.
  @Test func impactRatios() {
    let rows: [(Double, Double, [Double])] = [
      (10, 125, [0.2093, 0.6716]), (99, 401, [0.9828, 1.3911]), (114, 1347, [0.3364, 0.4807]),
      (8, 115, [0.1696, 0.6252]),
    ]
    for (x, n, limits) in rows {
      #expect(agree(Table(x, n, 2662, 12665).interval(Koopman.ratio), limits, within: 6e-5))
    }
    #expect(
      agree(Table(386, 4840, 2507, 9813).interval(Koopman.ratio), [0.2820, 0.3454], within: 6e-5))
  }

  @Test func katz() {
    #expect(agree(Table(36, 40, 16, 80).interval(Katz.ratio), [2.8686, 7.0593], within: 5e-5))
    #expect(
      agree(Table(10, 125, 2662, 12665).interval(Katz.ratio), [0.2098, 0.6904], within: 5e-5))
    // log 4.5 / √(1/36 − 1/40 + 1/16 − 1/80).
    let table = Table(36, 40, 16, 80)
    #expect(agree(Katz.statistic(table.sample, table.reference), 6.547034578130877, within: 1e-14))
    for table in [Table(0, 5, 2, 5), Table(2, 5, 0, 5), Table(5, 5, 3, 3), Table(0, 5, 0, 3)] {
      #expect(table.interval(Katz.ratio) == Interval(low: 0, high: .infinity))
      #expect(Katz.statistic(table.sample, table.reference) == 0)
    }
  }

  /// Against polynomial roots and bisection in 40 digits.
  @Test func scoreLimits() {
    for (x, n, y, m, critical, mee, difference, koopman, ratio) in ReferenceValues.scoreLimits {
      let table = Table(x, n, y, m)
      func near(_ interval: Interval, _ limits: [Double]) -> Bool {
        agree(interval.low, limits[0], within: 1e-10)
          && agree(interval.high, limits[1], within: 1e-10)
      }
      #expect(
        near(Mee.difference(table.sample, table.reference, critical: critical), mee), "\(table)")
      #expect(
        near(
          MiettinenNurminen.difference(table.sample, table.reference, critical: critical),
          difference), "\(table)")
      #expect(
        near(Koopman.ratio(table.sample, table.reference, critical: critical), koopman), "\(table)")
      #expect(
        near(
          MiettinenNurminen.ratio(table.sample, table.reference, critical: critical), ratio),
        "\(table)")
    }
  }

  /// The definition spelled out, by bisection within bisection.
  @Test func differenceByBisection() {
    for (x, n, y, m, confidence) in RandomTables(seed: 2, count: 500) {
      let table = Table(x, n, y, m)
      let critical = Normal.critical(confidence: confidence)
      let interval = Mee.difference(table.sample, table.reference, critical: critical)
      let expected = Bisection.difference(table, critical: critical)
      #expect(
        agree(interval, [expected.low, expected.high], within: 1e-10), "\(table) \(critical)")
    }
  }

  /// Coverage over all outcomes, against the same sums made of accepted truths.
  @Test func exactCoverage() {
    for (n, m, p, q, expected) in ReferenceValues.coverage {
      func coverage(_ truth: Double, _ method: Table.Method) -> Double {
        Enumeration.coverage(trials: (n, m), rates: (p, q), truth: truth) {
          Table($0, Double(n), $1, Double(m)).interval(method, critical: 1.96)
        }
      }
      let computed = [
        coverage(p - q, Mee.difference), coverage(p - q, MiettinenNurminen.difference),
        coverage(p / q, Koopman.ratio), coverage(p - q, Newcombe.difference),
      ]
      for (value, reference) in zip(computed, expected) {
        #expect(agree(value, reference, within: 1e-10), "\(n) \(m) \(p) \(q)")
      }
    }
  }

  /// Coverage over all outcomes: mean near nominal, nowhere far below.
  @Test func coverageNearNominal() {
    let rates = [(0.5, 0.5), (0.3, 0.5), (0.1, 0.3), (0.8, 0.8), (0.9, 0.6), (0.05, 0.2)]
    for (n, m) in [(20, 30), (40, 25)] {
      func coverage(_ method: Table.Method, isRatio: Bool = false) -> [Double] {
        rates.map { p, q in
          Enumeration.coverage(trials: (n, m), rates: (p, q), truth: isRatio ? p / q : p - q) {
            Table($0, Double(n), $1, Double(m)).interval(method)
          }
        }
      }
      for coverage in [
        coverage(Newcombe.difference), coverage(MiettinenNurminen.difference),
        coverage(Koopman.ratio, isRatio: true),
      ] {
        #expect(abs(coverage.reduce(0, +) / Double(rates.count) - 0.955) < 0.01, "\(coverage)")
        #expect((coverage.min() ?? 0) > 0.93, "\(coverage)")
      }
    }
  }
}

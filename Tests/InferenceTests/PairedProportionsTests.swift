// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import Foundation
import Testing

@Suite("Paired proportions")
struct PairedProportionsTests {
  struct Document: Decodable {
    struct Case: Decodable {
      var first: Double
      var second: Double
      var pairs: Double
      var level: Double
      var interval: [Double]
    }
    var cases: [Case]
  }

  /// The score test inverted with its nuisance found by numerical maximisation.
  @Test("Tango's limits are those of the likelihood")
  func limits() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Reference/comparison/tango.json"))
    let cases = try JSONDecoder().decode(Document.self, from: data).cases
    #expect(cases.count == 33)
    for item in cases {
      let pairs = PairedProportions(
        firstOnly: item.first, secondOnly: item.second, pairs: item.pairs)
      let found = pairs.interval(critical: Normal.critical(confidence: item.level))
      #expect(abs(found.low - item.interval[0]) < 1e-7, "\(item)")
      #expect(abs(found.high - item.interval[1]) < 1e-7, "\(item)")
      #expect(found.low < found.high && found.low <= pairs.difference)
    }
  }

  @Test("The limits' score statistic is the critical value")
  func statisticAtTheLimits() {
    // Without rows that only the first counts the likelihood has a closed form: q = 0 above 0.
    for (n, critical) in [(10.0, 1.96), (200, 1.6448536), (5000, 3)] {
      let none = PairedProportions(firstOnly: 0, secondOnly: 0, pairs: n)
      let expected = critical * critical / (n + critical * critical)
      #expect(abs(none.interval(critical: critical).high - expected) < 1e-12)
      #expect(abs(none.interval(critical: critical).low + expected) < 1e-12)
    }
  }

  @Test("Models the other way round: the sign changes and nothing else")
  func swapped() {
    for (first, second, n) in [(0.0, 7.0, 20.0), (12, 3, 100), (5, 5, 11), (40, 0, 40)] {
      let one = PairedProportions(firstOnly: first, secondOnly: second, pairs: n)
      let other = PairedProportions(firstOnly: second, secondOnly: first, pairs: n)
      let (a, b) = (one.interval(critical: 1.96), other.interval(critical: 1.96))
      #expect(abs(a.low + b.high) < 1e-14 && abs(a.high + b.low) < 1e-14)
      #expect(one.exactPValue == other.exactPValue && one.midPValue == other.midPValue)
      #expect(one.smoothedVariance == other.smoothedVariance && one.smoothedVariance > 0)
    }
  }

  /// Sums over the binomial distribution, by its recurrence.
  @Test("McNemar's p-values by counting", arguments: [(0, 0), (0, 5), (3, 3), (2, 9), (40, 71)])
  func tests(first: Int, second: Int) {
    let m = first + second
    var density = Array(repeating: 0.0, count: m + 1)
    density[0] = pow(0.5, Double(m))
    for k in 0..<m { density[k + 1] = density[k] * Double(m - k) / Double(k + 1) }
    let smaller = min(first, second)
    let tail = density[0...smaller].reduce(0, +)
    let pairs = PairedProportions(
      firstOnly: Double(first), secondOnly: Double(second), pairs: Double(m + 10))
    #expect(abs(pairs.exactPValue - min(1, 2 * tail)) < 1e-12)
    let mid =
      first == second ? 1 - density[smaller] / 2 : 2 * tail - density[smaller]
    #expect(abs(pairs.midPValue - mid) < 1e-12)
  }

  @Test("With Student's t: wider, by t for the rows")
  func student() {
    let pairs = PairedProportions(firstOnly: 4, secondOnly: 9, pairs: 30)
    let own = pairs.interval(confidence: 0.95)
    #expect(own == pairs.interval(critical: StudentT.quantile(0.975, degreesOfFreedom: 29)))
    #expect(own.low < pairs.interval(critical: 1.96).low)
    let few = PairedProportions(firstOnly: 1, secondOnly: 0, pairs: 4)
    #expect(
      few.interval(confidence: 0.95)
        == few.interval(critical: StudentT.quantile(0.975, degreesOfFreedom: 9)))
  }
}

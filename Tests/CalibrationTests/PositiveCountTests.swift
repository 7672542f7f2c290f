// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import RealModule
import Testing

@Suite("Probabilities of numbers of positives")
struct PositiveCountTests {
  /// ln of the binomial probability.
  private static func logBinomial(_ count: Int, of rows: Int, _ p: Double) -> Double {
    let (k, n) = (Double(count), Double(rows))
    return Double.logGamma(n + 1) - Double.logGamma(k + 1) - Double.logGamma(n - k + 1)
      + k * Double.log(p) + (n - k) * Double.log(onePlus: -p)
  }

  @Test(
    "rows with one score: the binomial distribution",
    arguments: [1, 2, 7, 40, 1000, 100_000], [1e-9, 0.001, 0.2, 0.5, 0.93, 1 - 1e-6])
  func binomial(rows: Int, score: Double) {
    let found = PositiveCount(rows: rows, score: score)
    let total = found.masses.reduce(0, +)
    for (place, mass) in found.masses.enumerated() {
      let expected = Double.exp(Self.logBinomial(found.first + place, of: rows, score))
      // logGamma's error at 100,000 is some 1e-10.
      #expect(abs(mass / total - expected) <= 1e-9 * expected + 1e-15)
    }
    // What is left out is next to nothing.
    let last = found.first + found.masses.count - 1
    for beyond in [found.first - 1, last + 1] where (0...rows).contains(beyond) {
      #expect(Self.logBinomial(beyond, of: rows, score) < Double.log(1e-11))
    }
  }

  @Test("row by row gives the same", arguments: [1, 3, 30, 400], [0.004, 0.3, 0.99])
  func rowByRow(rows: Int, score: Double) {
    let whole = PositiveCount(rows: rows, score: score)
    let total = whole.masses.reduce(0, +)
    var added = PositiveCount()
    added.add(rows: rows, score: score)
    for (place, mass) in added.masses.enumerated() {
      let other = added.first + place - whole.first
      let expected = whole.masses.indices.contains(other) ? whole.masses[other] / total : 0
      #expect(abs(mass - expected) < 1e-11)
    }
  }

  @Test("unlike rows: sums to 1, with the mean and variance of a sum", arguments: [1, 5, 60, 500])
  func unlikeRows(rows: Int) {
    var random = RandomRows(UInt32(rows))
    let scores = random.uniform(rows)
    var count = PositiveCount()
    for score in scores { count.add(rows: 1, score: score) }
    let total = count.masses.reduce(0, +)
    #expect(abs(total - 1) < 1e-10)
    let values = count.masses.indices.map { Double(count.first + $0) }
    let mean = zip(values, count.masses).reduce(0) { $0 + $1.0 * $1.1 }
    let variance = zip(values, count.masses).reduce(0) {
      $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1
    }
    let expected = scores.reduce(0, +)
    let spread = scores.reduce(0) { $0 + $1 * (1 - $1) }
    #expect(abs(mean - expected) < 1e-8 * max(1, expected))
    #expect(abs(variance - spread) < 1e-7 * max(1, spread))
  }

  @Test("three rows by hand")
  func byHand() {
    var count = PositiveCount()
    for score in [0.5, 0.25, 0.1] { count.add(rows: 1, score: score) }
    let expected = [0.3375, 0.4875, 0.1625, 0.0125]
    #expect(count.first == 0 && count.masses.count == 4)
    #expect(zip(count.masses, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test("certain rows and none")
  func certain() {
    #expect(PositiveCount().first == 0 && PositiveCount().masses == [1])
    for (score, positives) in [(0.0, 0), (1.0, 9)] {
      var added = PositiveCount()
      added.add(rows: 9, score: score)
      for count in [added, PositiveCount(rows: 9, score: score)] {
        #expect(count.first == positives && count.masses == [1])
      }
    }
    #expect(PositiveCount(rows: 0, score: 0.3).masses == [1])
  }
}

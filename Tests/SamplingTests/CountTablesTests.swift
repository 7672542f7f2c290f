// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule
import Testing

@Suite struct CountTablesTests {
  /// Binomial, one number, a power of two of numbers, few and many, some without probability.
  private static let laws: [(first: Int, masses: [Double])] = [
    (3, (0...20).map { Self.binomial(20, 0.3, $0) }), (7, [2]), (-5, [0.5, 0.25, 0.125, 0.125]),
    (0, [1, 0, 3]), (0, (0...255).map { Self.binomial(255, 0.6, $0) }), (0, [1e-9, 1]),
    (0, [0.49, 0.51]), (100, (0..<37).map { Double($0 % 5) }),
  ]

  private static func binomial(_ n: Int, _ p: Double, _ k: Int) -> Double {
    Double.exp(
      Double.logGamma(Double(n + 1)) - Double.logGamma(Double(k + 1))
        - Double.logGamma(Double(n - k + 1)) + Double(k) * Double.log(p)
        + Double(n - k) * Double.log(onePlus: -p))
  }

  private static var tables: CountTables {
    var tables = CountTables()
    for law in laws { tables.append(first: law.first, masses: law.masses) }
    return tables
  }

  @Test func drawsFollowTheirDistributions() {
    let tables = Self.tables
    var results = Array(repeating: Int32(0), count: tables.count)
    var drawn = Self.laws.map { _ in [Int]() }
    var words = tables.words()
    var stream = RandomStream(seed: 12, family: 3, replicate: 0)
    for _ in 0..<200_000 {
      tables.sample(using: &stream, &words, into: &results)
      for (table, count) in results.enumerated() { drawn[table].append(Int(count)) }
    }
    for (law, counts) in zip(Self.laws, drawn) {
      let total = law.masses.reduce(0, +)
      let support = law.first..<law.first + law.masses.count
      #expect(counts.allSatisfy { support.contains($0) })
      // What cannot be is never drawn.
      #expect(counts.allSatisfy { law.masses[$0 - law.first] > 0 })
      guard law.masses.count > 2 else { continue }
      let fit = GoodnessOfFit(counts, support: support) {
        Double.log(law.masses[Int($0) - law.first] / total)
      }
      #expect(fit.fits, "\(law.first): \(fit)")
    }
  }

  /// Tables are drawn from independently of each other.
  @Test func tablesAreIndependent() {
    var tables = CountTables()
    for _ in 0..<3 { tables.append(first: 0, masses: [1, 1]) }
    var results = Array(repeating: Int32(0), count: 3)
    var words = tables.words()
    var stream = RandomStream(seed: 5, family: 3, replicate: 1)
    var tally = Array(repeating: 0.0, count: 8)
    for _ in 0..<80_000 {
      tables.sample(using: &stream, &words, into: &results)
      tally[Int(results[0] + 2 * results[1] + 4 * results[2])] += 1
    }
    // χ² with 7 degrees of freedom exceeds 30 once in 10,000.
    #expect(tally.reduce(0) { $0 + ($1 - 10_000) * ($1 - 10_000) / 10_000 } < 30)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule
import Testing

@Suite struct HypergeometricTests {
  /// Marked, unmarked, drawn; every margin is the smallest in some of them.
  static let tables: [(Int, Int, Int)] = [
    (1, 1, 1), (1, 9, 3), (2, 2, 2), (5, 5, 5), (3, 40, 20), (40, 3, 20), (20, 23, 3),
    (20, 23, 40), (50, 50, 50), (30, 300, 33), (300, 30, 297), (100, 900, 500),
    (1000, 1000, 1000), (2000, 30, 1015), (700, 5000, 4000), (3846, 12_435, 5421),
    (500, 1_000_000, 300_000), (40_000, 60_000, 50_000), (100_000, 9_900_000, 2_000_000),
    (1_000_000_000, 1_000_000_000, 1000),
  ]

  /// log of C(g, k) C(b, n − k) / C(g + b, n) without the part that k does not change, and of the sum.
  private func logProbabilities(_ g: Double, _ b: Double, _ n: Double, _ support: Range<Int>)
    -> [Double]
  {
    var logs = [0.0]
    for k in support.dropFirst() {
      let j = Double(k)
      // f(k)/f(k−1), a ratio of small numbers: no factorial is needed.
      let ratio = (g - j + 1) / j * ((n - j + 1) / (b - n + j))
      logs.append(logs[logs.count - 1] + Double.log(ratio))
    }
    let largest = logs.max() ?? 0
    let sum = logs.reduce(0) { $0 + Double.exp($1 - largest) }
    return logs.map { $0 - largest - Double.log(sum) }
  }

  /// 200 000 draws against the exact probabilities.
  @Test(arguments: tables)
  func drawsFollowTheDistribution(marked: Int, unmarked: Int, draws: Int) {
    var stream = RandomStream(seed: 2027, family: UInt32(draws), replicate: UInt32(marked))
    let counts = (0..<200_000).map { _ in
      Hypergeometric.sample(marked: marked, unmarked: unmarked, draws: draws, using: &stream)
    }
    let (g, b, n) = (Double(marked), Double(unmarked), Double(draws))
    let mean = n * (g / (g + b))
    let reach = 12 * (mean * (b / (g + b)) + 1).squareRoot() + 30
    let low = max(0, draws - unmarked, Int(mean - reach))
    let high = min(marked, draws, Int(mean + reach))
    let logs = logProbabilities(g, b, n, low..<(high + 1))
    let fit = GoodnessOfFit(counts, support: low..<(high + 1)) { logs[Int($0) - low] }
    #expect(fit.fits, "\(fit)")
  }

  @Test func certainOutcomes() {
    var stream = RandomStream(seed: 1, family: 0, replicate: 0)
    func draw(_ marked: Int, _ unmarked: Int, _ draws: Int) -> Int {
      Hypergeometric.sample(marked: marked, unmarked: unmarked, draws: draws, using: &stream)
    }
    for size in [0, 1, 17, 1_000_000_000] {
      #expect(draw(size, 0, size) == size)
      #expect(draw(0, size, size) == 0)
      #expect(draw(size, 23, 0) == 0)
      #expect(draw(size, 23, size + 23) == size)
    }
    // All but one are drawn, and all marked but one.
    for _ in 0..<100 {
      #expect([16, 17].contains(draw(17, 3, 19)))
      #expect((14...17).contains(draw(17, 3, 17)))
    }
  }

  /// Variance n (g/N)(b/N)(N − n)/(N − 1) at counts where factorials have no digits left.
  @Test func hugeCounts() {
    var stream = RandomStream(seed: 1, family: 0, replicate: 0)
    let (marked, unmarked, draws) = (1_000_000_000, 3_000_000_000, 1_500_000_000)
    let variance = 1.5e9 * 0.25 * 0.75 * 2.5e9 / (4e9 - 1)
    var moments = Moments()
    for _ in 0..<20_000 {
      let drawn = Hypergeometric.sample(
        marked: marked, unmarked: unmarked, draws: draws, using: &stream)
      moments.add((Double(drawn) - 3.75e8) / variance.squareRoot())
    }
    #expect(abs(moments.mean) < 5 / 20_000.0.squareRoot())
    #expect(abs(moments.variance - 1) < 5 * (2 / 2e4).squareRoot())
  }

  /// Dealing 9 marked units into 5, 10, 0 and 15 places: means 9·size/30 and covariances
  /// −9·21/29 · sizes/30².
  @Test func dealsHaveTheMomentsOfTheMultivariate() {
    let sizes = [5, 10, 0, 15]
    let replicates = 50_000
    var sums = [0.0, 0, 0, 0]
    var products = Array(repeating: sums, count: 4)
    for index in 0..<replicates {
      var stream = RandomStream(seed: 9, family: 1, replicate: UInt32(index))
      var places = sizes
      var dealt = [0, 0, 0, 0]
      Hypergeometric.deal(9, into: &places, using: &stream) { dealt[$0] += $1 }
      #expect(dealt.reduce(0, +) == 9)
      for group in sizes.indices {
        #expect(places[group] == sizes[group] - dealt[group] && places[group] >= 0)
        sums[group] += Double(dealt[group])
        for other in sizes.indices { products[group][other] += Double(dealt[group] * dealt[other]) }
      }
    }
    let b = Double(replicates)
    for i in sizes.indices {
      let share = Double(sizes[i]) / 30
      #expect(abs(sums[i] / b - 9 * share) <= 5 * (9 * share / b).squareRoot())
      for j in sizes.indices {
        let other = Double(sizes[j]) / 30
        let expected = 9 * 21 / 29 * ((i == j ? share : 0) - share * other)
        let found = products[i][j] / b - sums[i] / b * (sums[j] / b)
        #expect(abs(found - expected) <= 0.05, "\(i) \(j)")
      }
    }
  }
}

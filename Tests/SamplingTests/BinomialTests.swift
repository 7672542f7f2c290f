// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule
import Testing

@Suite struct BinomialTests {
  static let pairs: [(Int, Double)] = [
    (1, 0.5), (1, 0.001), (2, 0.3), (7, 0.9), (10, 0.5), (15, 0.66), (20, 0.4999), (20, 0.5),
    (21, 0.5), (25, 0.4), (30, 0.97), (50, 0.2), (60, 0.166), (100, 0.5), (100, 0.999),
    (200, 0.05), (1000, 0.0005), (1000, 0.3), (5000, 0.002), (10_000, 0.9), (100_000, 0.5),
    (1_000_000, 0.00001), (1_000_000, 0.75),
  ]

  /// 200 000 draws against log n! − log k! − log (n−k)! + k log p + (n−k) log(1−p).
  @Test(arguments: pairs)
  func drawsFollowTheDistribution(trials: Int, probability p: Double) {
    var stream = RandomStream(seed: 2026, family: UInt32(trials), replicate: 1)
    let counts = (0..<200_000).map { _ in
      Binomial.sample(trials: trials, probability: p, using: &stream)
    }
    let n = Double(trials)
    let reach = 12 * (n * p * (1 - p)).squareRoot() + 30
    let low = max(0, Int(n * p - reach))
    let high = min(trials, Int(n * p + reach))
    let fit = GoodnessOfFit(counts, support: low..<(high + 1)) { k in
      Double.logGamma(n + 1) - Double.logGamma(k + 1) - Double.logGamma(n - k + 1)
        + k * Double.log(p) + (n - k) * Double.log(onePlus: -p)
    }
    #expect(fit.fits, "\(fit)")
  }

  @Test func certainOutcomes() {
    var stream = RandomStream(seed: 1, family: 0, replicate: 0)
    for trials in [0, 1, 17, 1_000_000] {
      #expect(Binomial.sample(trials: trials, probability: 0, using: &stream) == 0)
      #expect(Binomial.sample(trials: trials, probability: 1, using: &stream) == trials)
    }
    #expect(Binomial.sample(trials: 0, probability: 0.5, using: &stream) == 0)
  }

  @Test func hugeNumbersOfTrials() {
    var stream = RandomStream(seed: 1, family: 0, replicate: 0)
    var moments = Moments()
    for _ in 0..<10_000 {
      let drawn = Binomial.sample(trials: 1_000_000_000_000, probability: 0.25, using: &stream)
      moments.add((Double(drawn) - 2.5e11) / 1.875e11.squareRoot())
    }
    #expect(abs(moments.mean) < 0.05)
    #expect(abs(moments.variance - 1) < 5 * (2 / 1e4).squareRoot())
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule
import Testing

@Suite struct PoissonTests {
  /// 200 000 draws against k log m − m − log k!.
  @Test(arguments: [1e-3, 0.3, 1, 2.5, 5, 9.99, 10, 10.5, 14, 30, 77.7, 250, 1000, 54_321])
  func drawsFollowTheDistribution(mean: Double) {
    var stream = RandomStream(seed: 2026, family: 5, replicate: 1)
    let counts = (0..<200_000).map { _ in Poisson.sample(mean: mean, using: &stream) }
    let reach = 12 * mean.squareRoot() + 30
    let support = max(0, Int(mean - reach))..<(Int(mean + reach) + 1)
    let fit = GoodnessOfFit(counts, support: support) { k in
      k * Double.log(mean) - mean - Double.logGamma(k + 1)
    }
    #expect(fit.fits, "\(fit)")
  }

  @Test func extremeMeans() {
    var stream = RandomStream(seed: 1, family: 0, replicate: 0)
    #expect(Poisson.sample(mean: 0, using: &stream) == 0)
    var moments = Moments()
    for _ in 0..<10_000 {
      moments.add((Double(Poisson.sample(mean: 1e12, using: &stream)) - 1e12) / 1e6)
    }
    #expect(abs(moments.mean) < 0.05)
    #expect(abs(moments.variance - 1) < 5 * (2 / 1e4).squareRoot())
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule
import Testing

@Suite struct MultinomialTests {
  static let counts = [40, 0, 7, 1, 152, 300, 0]

  /// Means nπ and covariances n(diag π − ππᵀ), each within five standard errors.
  @Test func replicatesHaveTheMomentsOfTheMultinomial() {
    let counts = Self.counts
    let n = Double(counts.reduce(0, +))
    let p = counts.map { Double($0) / n }
    let replicates = 40_000
    var replicate = [Double](repeating: 0, count: counts.count)
    var products = [[Double]](repeating: replicate, count: counts.count)
    var squares = products
    var sums = replicate
    for index in 0..<replicates {
      var stream = RandomStream(seed: 5, family: 1, replicate: UInt32(index))
      Multinomial.resample(counts, into: &replicate, using: &stream)
      for i in counts.indices {
        sums[i] += replicate[i]
        for j in counts.indices {
          let product = (replicate[i] - n * p[i]) * (replicate[j] - n * p[j])
          products[i][j] += product
          squares[i][j] += product * product
        }
      }
    }
    let b = Double(replicates)
    for i in counts.indices {
      #expect(abs(sums[i] / b - n * p[i]) <= 5 * (n * p[i] * (1 - p[i]) / b).squareRoot())
      for j in counts.indices {
        let covariance = n * ((i == j ? p[i] : 0) - p[i] * p[j])
        let mean = products[i][j] / b
        let error = ((squares[i][j] / b - mean * mean) / b).squareRoot()
        #expect(abs(mean - covariance) <= 5 * error, "\(i) \(j)")
      }
    }
  }

  @Test func totalsAreKeptAndEmptyCellsStayEmpty() {
    var draws = RandomStream(seed: 6, family: 0, replicate: 0)
    for index in 0..<500 {
      let counts = (0..<9).map { _ in
        max(0, Poisson.sample(mean: 3 * draws.uniform() / draws.uniform(), using: &draws) - 2)
      }
      var replicate = [Double](repeating: .nan, count: counts.count)
      var stream = RandomStream(seed: 6, family: 1, replicate: UInt32(index))
      Multinomial.resample(counts, into: &replicate, using: &stream)
      #expect(replicate.reduce(0, +) == Double(counts.reduce(0, +)))
      for (drawn, count) in zip(replicate, counts) {
        #expect(drawn >= 0 && drawn == drawn.rounded() && (count > 0 || drawn == 0))
      }
    }
  }

  /// A cell of a multinomial is binomial: B(30, 1/2).
  @Test func cellsAreBinomial() {
    var result = [Double](repeating: 0, count: 4)
    var last = Moments()
    for index in 0..<20_000 {
      var stream = RandomStream(seed: 7, family: 1, replicate: UInt32(index))
      Multinomial.sample(trials: 30, weights: [0.5, 0, 0.25, 0.75], into: &result, using: &stream)
      last.add(result[3])
      #expect(result.reduce(0, +) == 30 && result[1] == 0)
    }
    #expect(abs(last.mean - 15) < 5 * (7.5 / 20_000).squareRoot())
    #expect(abs(last.variance - 7.5) < 5 * 7.5 * (2.0 / 20_000).squareRoot())
  }

  /// 10¹⁵ trials behind a weight of 10¹²: the cells of weight 1 and 3 expect 1000 and 3000.
  @Test func smallWeightsSurviveLargeOnes() {
    var result = [Double](repeating: 0, count: 4)
    var sums = [0.0, 0.0]
    for index in 0..<500 {
      var stream = RandomStream(seed: 8, family: 1, replicate: UInt32(index))
      Multinomial.sample(
        trials: 1_000_000_000_000_000, weights: [1e12, 0, 1, 3], into: &result, using: &stream)
      sums[0] += result[2]
      sums[1] += result[3]
    }
    #expect(abs(sums[0] - 500_000) < 5 * 500_000.0.squareRoot())
    #expect(abs(sums[1] - 1_500_000) < 5 * 1_500_000.0.squareRoot())
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import RealModule
import Testing

/// Percentile, basic and BCa intervals and the Monte-Carlo errors of their limits.
@Suite struct BootstrapTests {
  /// Efron & Tibshirani 1993, table 14.1: spatial test A of 26 neurologically impaired children.
  static let spatial: [Double] = [
    48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30,
    41,
  ]

  static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  static func spatialReplicates(_ count: Int, seed: UInt32) -> [Double] {
    var stream = RandomStream(seed: 91, family: 0, replicate: seed)
    return (0..<count).map { _ in
      variance(spatial.map { _ in spatial[Int(stream.uniform() * Double(spatial.count))] })
    }
  }

  static func spatialAcceleration() -> Double? {
    let jackknife = spatial.indices.map { place in
      variance(spatial.indices.filter { $0 != place }.map { spatial[$0] })
    }
    return BCaBootstrap.acceleration(
      influences: jackknife.map { -$0 }, weights: [Double](repeating: 1, count: jackknife.count))
  }

  /// The book's estimate and acceleration, and 90 % limits of 8 000 000 replicates. The limits of
  /// 150 runs of 200 000 replicates in NumPy had standard deviations of 0.213 and 0.395 (BCa),
  /// 0.163 and 0.228 (percentile): the Monte-Carlo errors.
  @Test func spatialTestData() throws {
    let value = Self.variance(Self.spatial)
    #expect(agree(value, 171.53, within: 1e-4))
    let acceleration = try #require(Self.spatialAcceleration())
    #expect(abs(acceleration - 0.0612) < 5e-5)
    let replicates = Self.spatialReplicates(200_000, seed: 1_000_000)
    let bca = try #require(
      BCaBootstrap(value: value, replicates: replicates, acceleration: acceleration)
        .limits(confidence: 0.9))
    #expect(agree(bca.interval, [115.7, 261.4], within: 1.3), "\(bca)")
    #expect(agree(bca.interval, [115.8, 259.6], within: 3), "the book's, of 2000 replicates")
    #expect(agree(bca.monteCarloError.low, 0.213, within: 0.2), "\(bca)")
    #expect(agree(bca.monteCarloError.high, 0.395, within: 0.2), "\(bca)")
    let percentile = try #require(
      PercentileBootstrap(replicates: replicates).limits(confidence: 0.9))
    #expect(agree(percentile.interval, [97.8, 235.7], within: 1.3), "\(percentile)")
    #expect(agree(percentile.monteCarloError.low, 0.163, within: 0.2), "\(percentile)")
    #expect(agree(percentile.monteCarloError.high, 0.228, within: 0.2), "\(percentile)")
  }

  /// The mean of 0, 1, …, 99, whose BCa limits at 95 % are 43.8 and 55.15; no skewness, no
  /// acceleration.
  @Test func meanOfOneHundred() throws {
    let acceleration = try #require(
      BCaBootstrap.acceleration(
        influences: (0..<100).map { Double($0) - 49.5 }, weights: [Double](repeating: 1, count: 100)
      ))
    #expect(abs(acceleration) < 1e-15)
    var stream = RandomStream(seed: 92, family: 0, replicate: 0)
    let replicates = (0..<40_000).map { _ in
      Double((0..<100).reduce(0) { sum, _ in sum + Int(stream.uniform() * 100) }) / 100
    }
    let limits = try #require(
      BCaBootstrap(value: 49.5, replicates: replicates, acceleration: acceleration)
        .limits(confidence: 0.95))
    #expect(agree(limits.interval, [43.8, 55.15], within: 0.2), "\(limits)")
  }

  /// Influence values of a proportion: a = (1 − 2p) / (6 √(n p (1 − p))); grouped as expanded.
  @Test func acceleration() throws {
    let (successes, trials) = (30.0, 148.0)
    let p = successes / trials
    let grouped = try #require(
      BCaBootstrap.acceleration(
        influences: [1 - p, -p], weights: [successes, trials - successes]))
    let expected = (1 - 2 * p) / (6 * (trials * p * (1 - p)).squareRoot())
    #expect(agree(grouped, expected, within: 1e-12))
    let rows = (0..<148).map { $0 < 30 ? 5e200 : 3e200 }
    let expanded = BCaBootstrap.acceleration(
      influences: rows, weights: [Double](repeating: 1, count: 148))
    #expect(agree(try #require(expanded), expected, within: 1e-11))
    #expect(BCaBootstrap.acceleration(influences: [], weights: []) == nil)
    #expect(BCaBootstrap.acceleration(influences: [0.1, 0.1, 0.1], weights: [1, 1, 1]) == nil)
    #expect(BCaBootstrap.acceleration(influences: [0, 0], weights: [3, 9]) == nil)
  }

  /// Replicates 1 to 999: ranks 25 and 975 at 95 %, whose rank is uncertain by √(999 · .025 · .975).
  @Test func ranksAndErrors() throws {
    let replicates = (1...999).reversed().map(Double.init) + [.nan]
    let limits = try #require(PercentileBootstrap(replicates: replicates).limits(confidence: 0.95))
    #expect(limits.interval == Interval(low: 25, high: 975))
    #expect(agree(limits.monteCarloError.low, 4.934635, within: 1e-6))
    #expect(agree(limits.monteCarloError.high, 4.934635, within: 1e-6))
    let basic = try #require(
      BasicBootstrap(value: 400, replicates: replicates).limits(confidence: 0.95))
    #expect(basic.interval == Interval(low: -175, high: 775))
    // z0 = 0 and a = 0: the percentile interval, with the error of z0 on top.
    let bca = try #require(
      BCaBootstrap(value: 500, replicates: replicates, acceleration: 0).limits(confidence: 0.95))
    #expect(bca.interval == limits.interval)
    #expect(bca.monteCarloError.low > limits.monteCarloError.low)
    // 19 replicates have no rank at 95 %: the outermost stand in, and nothing is known of them.
    let few = try #require(
      PercentileBootstrap(replicates: (1...19).map(Double.init)).limits(confidence: 0.95))
    #expect(few.interval == Interval(low: 1, high: 19))
    #expect(few.monteCarloError == (.infinity, .infinity))
  }

  /// Percentile and BCa limits are carried along by a monotone transformation and turn over with
  /// the sign; the basic interval mirrors the percentile interval at the estimate.
  @Test func equivariance() throws {
    let acceleration = 0.05
    for seed in 0..<20 as Range<UInt32> {
      let replicates = Self.spatialReplicates(500, seed: seed).map { $0 / 100 }
      let value = 1.7
      let pairs: [(any BootstrapMethod, any BootstrapMethod, any BootstrapMethod)] = [
        (
          PercentileBootstrap(replicates: replicates),
          PercentileBootstrap(replicates: replicates.map { Double.exp($0) }),
          PercentileBootstrap(replicates: replicates.map { -$0 })
        ),
        (
          BCaBootstrap(value: value, replicates: replicates, acceleration: acceleration),
          BCaBootstrap(
            value: Double.exp(value), replicates: replicates.map { Double.exp($0) },
            acceleration: acceleration),
          BCaBootstrap(
            value: -value, replicates: replicates.map { -$0 }, acceleration: -acceleration)
        ),
      ]
      for (plain, exponential, negated) in pairs {
        let limits = try #require(plain.limits(confidence: 0.9))
        let image = try #require(exponential.limits(confidence: 0.9))
        #expect(image.interval.low == Double.exp(limits.interval.low))
        #expect(image.interval.high == Double.exp(limits.interval.high))
        let mirror = try #require(negated.limits(confidence: 0.9))
        #expect(mirror.interval == Interval(low: -limits.interval.high, high: -limits.interval.low))
        #expect(agree(mirror.monteCarloError.low, limits.monteCarloError.high, within: 1e-9))
      }
      let percentile = try #require(pairs[0].0.limits(confidence: 0.9))
      let basic = try #require(
        BasicBootstrap(value: value, replicates: replicates).limits(confidence: 0.9))
      #expect(basic.interval.low == 2 * value - percentile.interval.high)
      #expect(basic.interval.high == 2 * value - percentile.interval.low)
      #expect(basic.monteCarloError.low == percentile.monteCarloError.high)
    }
  }

  @Test func replicatesThatTellNothing() {
    let same = [Double](repeating: 1, count: 500)
    #expect(PercentileBootstrap(replicates: same).limits(confidence: 0.95) == nil)
    #expect(BasicBootstrap(value: 1, replicates: same).limits(confidence: 0.95) == nil)
    #expect(
      BCaBootstrap(value: 1, replicates: same, acceleration: 0).limits(confidence: 0.95) == nil)
    #expect(PercentileBootstrap(replicates: [.nan, 1, .nan]).limits(confidence: 0.95) == nil)
    let spread = (1...500).map(Double.init)
    func bca(_ value: Double, _ acceleration: Double) -> BootstrapInterval? {
      BCaBootstrap(value: value, replicates: spread, acceleration: acceleration)
        .limits(confidence: 0.95)
    }
    // All on one side of the estimate: z0 is infinite.
    #expect(bca(0.5, 0) == nil && bca(500.5, 0) == nil)
    // Few on one side: there is no replicate for the lower limit, and its error says so.
    #expect(bca(20, 0)?.interval.low == 1 && bca(20, 0)?.monteCarloError.low == .infinity)
    // So few that the outermost replicate would stand in for both limits.
    #expect(bca(1, 0) == nil && bca(500, 0) == nil)
    // 1 − a (z0 + 1.96) ≤ 0.
    #expect(bca(250.5, 0.52) == nil && bca(250.5, -0.52) == nil && bca(250.5, 0.5) != nil)
  }

  /// The errors are what other seeds would change: the standard deviation of the limits over
  /// 400 runs of 999 replicates, for all three methods.
  @Test func monteCarloErrorsAgainstOtherSeeds() throws {
    let value = Self.variance(Self.spatial)
    let acceleration = try #require(Self.spatialAcceleration())
    let runs = (0..<400 as Range<UInt32>).map { Self.spatialReplicates(999, seed: $0) }
    let methods: [([Double]) -> any BootstrapMethod] = [
      { PercentileBootstrap(replicates: $0) }, { BasicBootstrap(value: value, replicates: $0) },
      { BCaBootstrap(value: value, replicates: $0, acceleration: acceleration) },
    ]
    for (index, method) in methods.enumerated() {
      let limits = try runs.map { try #require(method($0).limits(confidence: 0.9)) }
      for (values, errors) in [
        (limits.map(\.interval.low), limits.map(\.monteCarloError.low)),
        (limits.map(\.interval.high), limits.map(\.monteCarloError.high)),
      ] {
        let deviation = Self.variance(values).squareRoot()
        let stated = (errors.reduce(0) { $0 + $1 * $1 } / 400).squareRoot()
        #expect(abs(stated / deviation - 1) < 0.15, "method \(index): \(stated) \(deviation)")
      }
    }
  }
}

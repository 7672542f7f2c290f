// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandSampling
import RealModule

extension NoiseFloor {
  /// What |a − b|, or the smaller of a/b and b/a, shows when both are equal: the half-normal
  /// distribution of the contrast's standard error.
  static func of(_ contrast: Contrast, isRatio: Bool) -> NoiseFloor {
    let error = contrast.standardError
    let z = Normal.quantile(0.975)
    if isRatio {
      // E exp(−|Z|σ) = 2 exp(σ²/2) Φ(−σ).
      let expected = 2 * Double.exp(error * error / 2) * Normal.cumulative(-error)
      return NoiseFloor(
        expected: rounded(expected), upper95: nil, lower95: rounded(Double.exp(-z * error)))
    }
    return NoiseFloor(
      expected: rounded(error * (2 / Double.pi).squareRoot()), upper95: rounded(z * error),
      lower95: nil)
  }
}

/// What tables without any gap would show: ranges of equal groups, simulated from one set of draws.
struct NoiseDraws: Sendable {
  static let replicates = 2000
  /// By group, then replicate: standard normal numbers.
  private let normals: [[Double]]
  private let seed: UInt64

  init(groups: Int, seed: UInt64) {
    self.seed = seed
    normals = (0..<groups).map { group in
      var stream = RandomStream(
        seed: seed, family: StreamFamily.noiseFloor, replicate: UInt32(group))
      return (0..<Self.replicates).map { _ in stream.normal() }
    }
  }

  /// The floor under a family's range.
  ///
  /// Rates of independent unweighted rows: binomials with the pooled rate. Anything else: normal
  /// estimates with the groups' own standard errors. For ratios the range is of logarithms.
  func ofRange(_ family: ContrastFamily, _ estimates: MetricEstimates, _ plan: Plan) -> NoiseFloor {
    let own = family.slices.map { estimates.estimates[$0] }
    if family.isRatio {
      let errors = own.map { ($0.logarithm?.variance ?? 0).squareRoot() }
      return Self.floor(ranges(errors.indices.map { normal($0, errors[$0]) }), isRatio: true)
    }
    guard estimates.metric is any Rate, plan.rows.isSimple else {
      let errors = own.map { ($0.variance ?? 0).squareRoot() }
      return Self.floor(ranges(errors.indices.map { normal($0, errors[$0]) }), isRatio: false)
    }
    let trials = own.map { Int($0.denominator ?? 0) }
    let successes = own.reduce(0) { $0 + ($1.numerator ?? 0) }
    let rate = successes / Double(max(1, trials.reduce(0, +)))
    return Self.floor(
      ranges(trials.indices.map { binomial($0, trials[$0], rate) }), isRatio: false)
  }

  /// The floor under the larger of several ranges, group by group with the given standard errors.
  func ofLargest(_ errors: [[Double]], isRatio: Bool) -> NoiseFloor {
    var used = 0
    let parts = errors.map { errors -> [Double] in
      defer { used += errors.count }
      return ranges(errors.indices.map { normal(used + $0, errors[$0]) })
    }
    let largest = (0..<Self.replicates).map { replicate in
      parts.map { $0[replicate] }.max() ?? 0
    }
    return Self.floor(largest, isRatio: isRatio)
  }

  private func normal(_ group: Int, _ error: Double) -> [Double] {
    normals[group].map { $0 * error }
  }

  /// The rate of a group of equal people; large groups are normal, small ones are drawn.
  private func binomial(_ group: Int, _ trials: Int, _ rate: Double) -> [Double] {
    let variance = Double(trials) * rate * (1 - rate)
    if variance >= 9 { return normal(group, variance.squareRoot() / Double(trials)) }
    var stream = RandomStream(
      seed: seed, family: StreamFamily.noiseFloor, replicate: UInt32(normals.count + group))
    return (0..<Self.replicates).map { _ in
      Double(Binomial.sample(trials: trials, probability: rate, using: &stream)) / Double(trials)
        - rate
    }
  }

  private func ranges(_ groups: [[Double]]) -> [Double] {
    var low = Array(repeating: Double.infinity, count: Self.replicates)
    var high = Array(repeating: -Double.infinity, count: Self.replicates)
    for group in groups {
      for replicate in low.indices {
        low[replicate] = min(low[replicate], group[replicate])
        high[replicate] = max(high[replicate], group[replicate])
      }
    }
    return zip(high, low).map { $0 - $1 }
  }

  private static func floor(_ ranges: [Double], isRatio: Bool) -> NoiseFloor {
    let mean = ranges.reduce(0, +) / Double(ranges.count)
    let upper = smallest(ranges.count * 95 / 100 + 1, of: ranges)
    return isRatio
      ? NoiseFloor(
        expected: rounded(Double.exp(-mean)), upper95: nil, lower95: rounded(Double.exp(-upper)))
      : NoiseFloor(expected: rounded(mean), upper95: rounded(upper), lower95: nil)
  }
}

/// What all gaps of an evaluation share, reckoned once.
struct GapTheory: Sendable {
  let tukey: TukeyTable
  /// For the pairs of one of two rates that are judged together.
  let tukeyOfTwo: TukeyTable
  let noise: NoiseDraws

  init(_ plan: Plan, _ families: [ContrastFamily]) {
    let sizes = Set(families.filter { $0.against == .pairs }.map(\.slices.count))
    let groups = plan.slices.groupings.map(\.comparable.count).max() ?? 0
    let confidence = plan.configuration.confidence
    tukey = TukeyTable(confidence: confidence, groups: sizes)
    tukeyOfTwo = TukeyTable(confidence: confidence.squareRoot(), groups: sizes)
    noise = NoiseDraws(groups: 2 * groups, seed: plan.configuration.seed)
  }
}

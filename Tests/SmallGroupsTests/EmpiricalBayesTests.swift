// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import EvenhandSmallGroups
import RealModule
import Testing

/// Shrinkage of groups of different sizes.
@Suite struct EmpiricalBayesTests {
  static let successes = [3, 12, 9, 30, 44, 21, 70]
  static let trials = [10, 25, 40, 60, 110, 75, 160]

  /// τ² and m: statsmodels 0.14 `combine_effects(…, method_re="dl")`.
  @Test func derSimonianLaird() throws {
    let groups = rates(Self.successes, Self.trials)
    let shrunk = try #require(EmpiricalBayes(groups))
    #expect(abs(groups.rowVariance - 0.23880442829841086) < 1e-15)
    #expect(abs(shrunk.betweenVariance - 0.005136313809001263) < 1e-14)
    #expect(abs(shrunk.target - 0.3837326042826058) < 1e-13)
    let expected = [
      0.3689109294, 0.4173956644, 0.3103245992, 0.4492394536, 0.3951670425, 0.3196966269,
      0.4253939138,
    ]
    #expect(distance(shrunk.values, expected) < 1e-10)
  }

  /// 95 % limits: τ² integrated by scipy's `quad` over its logarithm, quantiles by `brentq`.
  @Test func intervals() throws {
    let shrunk = try #require(EmpiricalBayes(rates(Self.successes, Self.trials)))
    let intervals = try #require(shrunk.intervals(confidence: 0.95))
    let low = [
      0.12325922, 0.28980412, 0.12549684, 0.35887056, 0.31232933, 0.19390991, 0.35859194,
    ]
    let high = [
      0.54851740, 0.60805592, 0.41031671, 0.59102124, 0.48275937, 0.40576194, 0.50417648,
    ]
    #expect(distance(intervals.map(\.low), low) < 2e-8)
    #expect(distance(intervals.map(\.high), high) < 2e-8)
  }

  /// Where the groups differ as noise does, or not at all, everything is the target and yet nothing
  /// is certain.
  @Test(arguments: [[3, 6, 15, 30], [0, 0, 0, 0], [10, 20, 50, 100]])
  func equalGroups(_ successes: [Int]) throws {
    let groups = rates(successes, [10, 20, 50, 100])
    let shrunk = try #require(EmpiricalBayes(groups))
    #expect(shrunk.betweenVariance == 0 && shrunk.weights == [0, 0, 0, 0])
    #expect(distance(shrunk.values, Array(repeating: groups.pooledMean, count: 4)) < 1e-15)
    let intervals = try #require(shrunk.intervals(confidence: 0.95))
    for interval in intervals {
      #expect(interval.low <= groups.pooledMean && groups.pooledMean <= interval.high)
      #expect(interval.high > interval.low && interval.low >= 0 && interval.high <= 1)
    }
  }

  @Test func undefined() throws {
    #expect(EmpiricalBayes(rates([3], [10])) == nil)
    let three = try #require(EmpiricalBayes(rates([3, 5, 2], [10, 20, 30])))
    #expect(three.intervals(confidence: 0.95) == nil)
    #expect(GroupMeans(means: [GroupMean(count: 1, mean: 2, variance: 0)]) == nil)
    #expect(GroupMeans(means: [GroupMean(count: 9, mean: 2, variance: 0)]) == nil)
  }

  /// The order of the groups does not matter, y → a + b y changes the units and nothing else.
  @Test func permutationAndUnits() throws {
    let groups = try #require(GroupMeans(means: losses))
    let shrunk = try #require(EmpiricalBayes(groups))
    let limits = try #require(shrunk.intervals(confidence: 0.9))
    #expect(shrunk.betweenVariance > 0)
    let order = [3, 0, 5, 1, 4, 2]
    let mixed = try #require(
      GroupMeans(means: order.map { losses[$0] }).flatMap(EmpiricalBayes.init))
    #expect(distance(mixed.values, order.map { shrunk.values[$0] }) < 1e-14)
    let (a, b) = (-3.0, 250.0)
    let scaled = try #require(
      GroupMeans(means: inUnits(losses, shift: a, scale: b)).flatMap(EmpiricalBayes.init))
    #expect(distance(scaled.weights, shrunk.weights) < 1e-12)
    #expect(distance(scaled.values, shrunk.values.map { a + b * $0 }) < 1e-9)
    let scaledLimits = try #require(scaled.intervals(confidence: 0.9))
    #expect(distance(scaledLimits.map(\.low), limits.map { a + b * $0.low }) < 1e-6)
    #expect(distance(scaledLimits.map(\.high), limits.map { a + b * $0.high }) < 1e-6)
  }

  /// Each shrunk value lies between its own mean and the target, within its interval; the interval
  /// of a higher level holds that of a lower one.
  @Test func order() throws {
    let groups = rates(Self.successes, Self.trials)
    let shrunk = try #require(EmpiricalBayes(groups))
    let narrow = try #require(shrunk.intervals(confidence: 0.8))
    let wide = try #require(shrunk.intervals(confidence: 0.99))
    for group in groups.groups.indices {
      let (own, value) = (groups.values[group], shrunk.values[group])
      #expect(value >= min(own, shrunk.target) && value <= max(own, shrunk.target))
      #expect(narrow[group].low <= value && value <= narrow[group].high)
      #expect(wide[group].low < narrow[group].low && narrow[group].high < wide[group].high)
    }
  }
}

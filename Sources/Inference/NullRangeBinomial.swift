// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

extension NullRange {
  /// The noise floor of proportions: expected range and its upper quantile when all groups share
  /// one rate.
  ///
  /// Exact over the merged support of the proportions while (values × groups) stay below `exactBelow`;
  /// beyond that the mean of, and the ⌈B·confidence⌉-th smallest among, simulated ranges.
  ///
  /// - Parameters:
  ///   - trials: per group, positive.
  ///   - rate: the common rate in [0, 1].
  ///   - confidence: the upper value is the least w with P(range ≤ w) ≥ confidence.
  ///   - replicates: simulated tables B, positive; replicate r is the stream (seed, 0, r).
  public static func binomial(
    trials: [Int], rate: Double, confidence: Double = 0.95, replicates: Int = 10_000,
    seed: UInt64 = 1, exactBelow: Int = 50_000
  ) -> (expected: Double, upper: Double) {
    precondition(trials.allSatisfy { $0 > 0 } && rate >= 0 && rate <= 1)
    precondition(confidence > 0 && confidence < 1 && replicates > 0)
    if trials.count < 2 || rate == 0 || rate == 1 { return (0, 0) }
    if trials.reduce(0, +) < exactBelow / trials.count {
      let groups = trials.map { BinomialTable(trials: $0, rate: rate) }
      let support = mergedSupport(trials)
      return (
        expected(groups, support: support),
        upper(groups, support: support, confidence: confidence)
      )
    }
    return simulated(
      trials: trials, rate: rate, confidence: confidence, replicates: replicates, seed: seed)
  }

  /// All values x/n that some group can take, ascending.
  private static func mergedSupport(_ trials: [Int]) -> [Double] {
    let values = Set(trials).flatMap { n in (0...n).map { Double($0) / Double(n) } }.sorted()
    return values.enumerated().filter { index, value in
      index == 0 || value - values[index - 1] > BinomialTable.tolerance
    }.map(\.element)
  }

  /// E max − E min = Σ (tᵢ₊₁ − tᵢ) [1 − Π Fₖ(tᵢ) − Π (1 − Fₖ(tᵢ))].
  private static func expected(_ groups: [BinomialTable], support: [Double]) -> Double {
    zip(support, support.dropFirst()).reduce(0) { sum, step in
      var below = 1.0
      var above = 1.0
      for group in groups {
        let probability = group.cumulative(step.0)
        below *= probability
        above *= 1 - probability
      }
      return sum + (step.1 - step.0) * (1 - below - above)
    }
  }

  /// The least range of sufficient probability: bisection of a step function, then the
  /// difference of two proportions at which the step is.
  private static func upper(
    _ groups: [BinomialTable], support: [Double], confidence: Double
  ) -> Double {
    var low = 0.0
    var high = 1.0
    if cumulative(0, groups, support) >= confidence { return 0 }
    while high - low > BinomialTable.tolerance {
      let middle = 0.5 * (low + high)
      if cumulative(middle, groups, support) >= confidence { high = middle } else { low = middle }
    }
    var end = 0
    for start in support.indices {
      while end + 1 < support.count
        && support[end] - support[start] < low - BinomialTable.tolerance
      { end += 1 }
      let width = support[end] - support[start]
      if abs(width - high) <= 3 * BinomialTable.tolerance { return width }
    }
    return high
  }

  /// P(range ≤ w) = Σₜ P(all in [t, t + w]) − P(all in (t, t + w]): t is the minimum.
  private static func cumulative(
    _ width: Double, _ groups: [BinomialTable], _ support: [Double]
  ) -> Double {
    support.reduce(0) { sum, t in
      var closed = 1.0
      var open = 1.0
      for group in groups {
        let end = group.cumulative(t + width)
        closed *= end - group.cumulativeBelow(t)
        open *= end - group.cumulative(t)
      }
      return sum + closed - open
    }
  }

  private static func simulated(
    trials: [Int], rate: Double, confidence: Double, replicates: Int, seed: UInt64
  ) -> (expected: Double, upper: Double) {
    let ranges = (0..<replicates).map { replicate in
      var stream = RandomStream(
        seed: seed, family: 0, replicate: UInt32(truncatingIfNeeded: replicate))
      var low = 1.0
      var high = 0.0
      for n in trials {
        let drawn = Binomial.sample(trials: n, probability: rate, using: &stream)
        low = min(low, Double(drawn) / Double(n))
        high = max(high, Double(drawn) / Double(n))
      }
      return high - low
    }.sorted()
    let rank = Int((Double(replicates) * confidence - 1e-9).rounded(.up))
    return (ranges.reduce(0, +) / Double(replicates), ranges[max(1, rank) - 1])
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import RealModule

/// The distribution of one of two samples' successes when those of both together are given.
struct Hypergeometric {
  private let trials: (sample: Double, reference: Double)
  private let successes: Double
  private let failures: Double
  /// What log P(k) has in common for all k.
  private let margins: Double

  init(_ sample: Proportion, _ reference: Proportion) {
    precondition(
      [sample.trials, reference.trials, sample.successes, reference.successes].allSatisfy {
        $0 == $0.rounded() && $0 < 0x1p50
      }, "Fisher's test needs whole counts")
    self.init(
      trials: (sample.trials, reference.trials), successes: sample.successes + reference.successes,
      failures: sample.failures + reference.failures)
  }

  private init(trials: (sample: Double, reference: Double), successes: Double, failures: Double) {
    self.trials = trials
    self.successes = successes
    self.failures = failures
    margins =
      Self.size(trials.sample) + Self.size(trials.reference) + Self.size(successes)
      + Self.size(failures) - Self.size(successes + failures)
  }

  /// log P(X = k), from pieces that are no differences of large numbers.
  ///
  /// Source: Loader 2000, "Fast and accurate computation of binomial probabilities".
  func logMass(_ k: Double) -> Double {
    let total = successes + failures
    // Observed over expected, the same for all four cells up to its sign; the products need more
    // digits than one number has.
    let product = trials.sample * successes
    let rounding = (-product).addingProduct(trials.sample, successes)
    let excess = ((-product).addingProduct(k, total) - rounding) / total
    func cell(_ count: Double, _ row: Double, _ column: Double, _ excess: Double) -> Double {
      let expected = row * (column / total)
      let deviance = expected == 0 ? 0 : Stirling.deviance(count, expected, excess: excess)
      return Self.size(count) + deviance
    }
    return margins
      - cell(k, trials.sample, successes, excess)
      - cell(trials.sample - k, trials.sample, failures, -excess)
      - cell(successes - k, trials.reference, successes, -excess)
      - cell(trials.reference - successes + k, trials.reference, failures, excess)
  }

  /// The probability of all k with log P(k) ≤ bound.
  func probability(atMost bound: Double) -> Double {
    let total = successes + failures
    let peak = ((trials.sample + 1) * ((successes + 1) / (total + 2))).rounded(.down)
    let mirrored = Self(trials: trials, successes: failures, failures: successes)
    return tail(after: peak, atMost: bound)
      + mirrored.tail(after: trials.sample - peak - 1, atMost: bound)
  }

  /// P(X ≥ k): the tail that does not hold the mean is summed, away from the mean.
  func probability(atLeast k: Double) -> Double {
    let total = successes + failures
    if k <= max(0, successes - trials.reference) { return 1 }
    if k > min(trials.sample, successes) { return 0 }
    if k > trials.sample * (successes / total) { return sum(from: k) }
    let mirrored = Self(trials: trials, successes: failures, failures: successes)
    return 1 - mirrored.sum(from: trials.sample - k + 1)
  }

  /// The probability of all k > peak with log P(k) ≤ bound, where P only falls after the peak.
  private func tail(after peak: Double, atMost bound: Double) -> Double {
    let last = min(trials.sample, successes)
    if last <= peak || logMass(last) > bound { return 0 }
    var (outside, first) = (peak, last)
    while first - outside > 1 {
      let middle = (0.5 * (outside + first)).rounded(.down)
      if logMass(middle) <= bound { first = middle } else { outside = middle }
    }
    return sum(from: first)
  }

  /// P(first) + P(first + 1) + …, terms falling, as far as they matter.
  private func sum(from first: Double) -> Double {
    let last = min(trials.sample, successes)
    var (k, term, sum) = (first, 1.0, 1.0)
    while k < last && term > 1e-18 * sum {
      term *=
        (trials.sample - k) / (k + 1) * ((successes - k) / (trials.reference - successes + k + 1))
      sum += term
      k += 1
    }
    return Double.exp(logMass(first) + Double.log(sum))
  }

  /// log k! − (k log k − k): what a count of k adds beside its deviance.
  private static func size(_ k: Double) -> Double {
    k == 0 ? 0 : 0.5 * Double.log(k) + Stirling.halfLogTwoPi + Stirling.correction(k)
  }
}

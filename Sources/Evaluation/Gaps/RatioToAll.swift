// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The ratio of a slice's rate to that of all rows, the slice's own among them, by way of the rest.
///
/// With π the slice's share of the rows and ρ its rate over that of the rest, the ratio to all is
/// ρ / (πρ + 1 − π), which rises with ρ: limits of ρ, whose two groups share no row, are limits of it.
/// On this way the exactness of score intervals in small slices is kept, where the studentized logarithm
/// covers too little.
///
/// The share is an estimate too where rows were drawn from a population. Its variance, π(1−π)/n times
/// the squared derivative (ρ−1)²/(πρ+1−π)² of the logarithm, is added by widening the critical value:
/// by √(1 + what it adds over the variance of the logarithm for a known share).
struct RatioToAll: Sendable {
  let rest: Proportion
  private let share: Double
  /// By what critical values grow for the share being an estimate; at least 1.
  let stretch: Double

  init(_ sample: Proportion, all: Proportion) {
    rest = Proportion(
      successes: all.successes - sample.successes, trials: all.trials - sample.trials)
    share = sample.trials / all.trials
    // One success and one failure more in each part, so that empty cells have variances too.
    func smoothed(_ part: Proportion) -> (rate: Double, variance: Double) {
      let rate = (part.successes + 1) / (part.trials + 2)
      return (rate, (1 - rate) / (rate * (part.trials + 2)))
    }
    let (own, other) = (smoothed(sample), smoothed(rest))
    let ratio = own.rate / other.rate
    let known = (1 - share) * (1 - share) * (own.variance + other.variance)
    let added = (ratio - 1) * (ratio - 1) * share * (1 - share) / all.trials
    stretch = (1 + added / known).squareRoot()
  }

  /// Limits of the ratio to all from those of the ratio to the rest.
  func interval(_ apart: Interval) -> Interval {
    Interval(low: ratio(apart.low), high: ratio(apart.high))
  }

  /// At most 1/π, which it reaches where only the slice has successes.
  private func ratio(_ apart: Double) -> Double {
    apart.isFinite ? apart / (share * apart + 1 - share) : 1 / share
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Exact multinomial draws as a chain of conditional binomials; no allocation.
public struct Multinomial: Sendable {
  /// A bootstrap replicate of a table of counts: Multinomial(n, c / n) with n = Σ c.
  ///
  /// The same distribution as drawing n rows with replacement and counting them again, at a cost
  /// that depends on the number of cells only. The probabilities are ratios of integers: a cell
  /// of count zero stays zero and the total is kept exactly.
  ///
  /// - Parameters:
  ///   - counts: cells, nonnegative.
  ///   - replicate: as many cells; receives whole numbers.
  public static func resample(
    _ counts: [Int], into replicate: inout MutableSpan<Double>, using stream: inout RandomStream
  ) {
    precondition(replicate.count == counts.count)
    var rest = counts.reduce(0, +)
    var trials = rest
    for (cell, count) in counts.enumerated() {
      precondition(count >= 0)
      let drawn =
        count == rest
        ? trials
        : Binomial.sample(
          trials: trials, probability: Double(count) / Double(rest), using: &stream)
      replicate[cell] = Double(drawn)
      trials -= drawn
      rest -= count
    }
  }

  /// `resample(_:into:using:)` into an array.
  public static func resample(
    _ counts: [Int], into replicate: inout [Double], using stream: inout RandomStream
  ) {
    var span = replicate.mutableSpan
    resample(counts, into: &span, using: &stream)
  }

  /// A multinomial draw for weights that need not sum to one.
  ///
  /// - Parameters:
  ///   - weights: nonnegative and finite; at least one is positive unless there are no trials.
  ///   - result: as many cells; receives whole numbers that sum to `trials`.
  public static func sample(
    trials: Int, weights: [Double], into result: inout MutableSpan<Double>,
    using stream: inout RandomStream
  ) {
    precondition(result.count == weights.count && trials >= 0)
    // The sums of the weights from each cell on wait in the result: subtracting from a running
    // total would lose the small weights behind a large one.
    var rest = 0.0
    for cell in weights.indices.reversed() {
      precondition(weights[cell] >= 0 && weights[cell].isFinite)
      rest += weights[cell]
      result[cell] = rest
    }
    precondition(rest > 0 || trials == 0)
    var remaining = trials
    for cell in weights.indices {
      let weight = weights[cell]
      let drawn =
        weight == 0 || remaining == 0
        ? 0
        : Binomial.sample(
          trials: remaining, probability: weight / result[cell], using: &stream)
      result[cell] = Double(drawn)
      remaining -= drawn
    }
  }

  /// `sample(trials:weights:into:using:)` into an array.
  public static func sample(
    trials: Int, weights: [Double], into result: inout [Double], using stream: inout RandomStream
  ) {
    var span = result.mutableSpan
    sample(trials: trials, weights: weights, into: &span, using: &stream)
  }
}

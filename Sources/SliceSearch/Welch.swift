// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Welch's comparison of two means with unequal variances.
///
/// t = (m₁ − m₂)/√(v₁ + v₂), v the variances of the means, has about a t distribution with
/// (v₁ + v₂)²/(v₁²/(n₁ − 1) + v₂²/(n₂ − 1)) degrees of freedom.
///
/// Source: Welch 1947, doi:10.1093/biomet/34.1-2.28.
struct Welch: Sendable {
  let difference: Double
  let standardError: Double
  let degreesOfFreedom: Double

  /// `nil` when a sample has fewer than two values or none of them vary.
  init?(_ sample: ErrorSample, _ reference: ErrorSample) {
    guard sample.size > 1, reference.size > 1 else { return nil }
    let (first, second) = (sample.varianceOfMean, reference.varianceOfMean)
    guard first + second > 0 else { return nil }
    difference = sample.mean - reference.mean
    standardError = (first + second).squareRoot()
    // As shares of their sum, so that nothing under- or overflows.
    let (share, rest) = (first / (first + second), second / (first + second))
    degreesOfFreedom =
      1 / (share * share / Double(sample.size - 1) + rest * rest / Double(reference.size - 1))
  }

  func interval(confidence: Double) -> Interval {
    let reach =
      standardError
      * -StudentT.quantile((1 - confidence) / 2, degreesOfFreedom: degreesOfFreedom)
    return Interval(low: difference - reach, high: difference + reach)
  }

  /// P(T ≥ t): small when the sample's mean is the larger one.
  var pValue: Double {
    let tail = StudentT.cumulative(
      -difference / standardError, degreesOfFreedom: degreesOfFreedom)
    return min(1, max(PValue.smallest, tail))
  }
}

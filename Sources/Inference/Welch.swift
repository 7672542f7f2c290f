// SPDX-License-Identifier: Apache-2.0

/// Welch's comparison of two means with unequal variances.
///
/// t = (m₁ − m₂)/√(v₁ + v₂), v the variances of the means, has about a t distribution with
/// (v₁ + v₂)²/(v₁²/(n₁ − 1) + v₂²/(n₂ − 1)) degrees of freedom.
///
/// Source: Welch 1947, doi:10.1093/biomet/34.1-2.28.
public struct Welch: Sendable, Equatable {
  /// What it takes of a sample.
  public struct Sample: Sendable, Equatable {
    public var mean: Double
    public var varianceOfMean: Double
    public var count: Int

    public init(mean: Double, varianceOfMean: Double, count: Int) {
      self.mean = mean
      self.varianceOfMean = varianceOfMean
      self.count = count
    }
  }

  public let difference: Double
  public let standardError: Double
  public let degreesOfFreedom: Double

  /// `nil` when a sample has fewer than two values or none of them vary.
  public init?(_ sample: Sample, _ reference: Sample) {
    guard sample.count > 1, reference.count > 1 else { return nil }
    let (first, second) = (sample.varianceOfMean, reference.varianceOfMean)
    guard first + second > 0 else { return nil }
    difference = sample.mean - reference.mean
    standardError = (first + second).squareRoot()
    // As shares of their sum, so that nothing under- or overflows.
    let (share, rest) = (first / (first + second), second / (first + second))
    degreesOfFreedom =
      1
      / (share * share / Double(sample.count - 1) + rest * rest / Double(reference.count - 1))
  }

  public func interval(confidence: Double) -> Interval {
    let reach =
      standardError
      * -StudentT.quantile((1 - confidence) / 2, degreesOfFreedom: degreesOfFreedom)
    return Interval(low: difference - reach, high: difference + reach)
  }

  /// The one-sided P(T ≥ t), small where the sample's mean is the larger one; never below
  /// `PValue.smallest`.
  public var greaterPValue: Double {
    PValue.bounded(
      StudentT.cumulative(-difference / standardError, degreesOfFreedom: degreesOfFreedom))
  }
}

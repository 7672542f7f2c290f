// SPDX-License-Identifier: Apache-2.0

/// Standard errors of comparisons of two independent rates.
enum RateError {
  /// √(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂).
  static func ofDifference(
    _ group: Double, _ reference: Double, _ sizes: SampleSizes
  ) -> Double {
    (group * (1 - group) / sizes.group + reference * (1 - reference) / sizes.reference)
      .squareRoot()
  }

  /// Of log(p₁/p₂): √((1−p₁)/(n₁p₁) + (1−p₂)/(n₂p₂)).
  static func ofLogRatio(_ group: Double, _ reference: Double, _ sizes: SampleSizes) -> Double {
    ((1 - group) / (sizes.group * group) + (1 - reference) / (sizes.reference * reference))
      .squareRoot()
  }
}

// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Sums over the rows of a slice from which means of scores and losses follow.
///
/// Additive over disjoint slices. Rows enter with their weight (or multiplicity).
public struct ScoreMoments: Sendable, Equatable {
  /// Sums of: 1 and s over scored rows; 1, s, y, (s−y)², log loss over scored and labelled rows; unused.
  public var sums: SIMD8<Double>

  public init(_ sums: SIMD8<Double> = SIMD8()) {
    self.sums = sums
  }

  public var scored: Double { sums[0] }
  public var scoreSum: Double { sums[1] }
  public var labelled: Double { sums[2] }
  public var labelledScoreSum: Double { sums[3] }
  public var positives: Double { sums[4] }
  public var squaredErrorSum: Double { sums[5] }
  public var logLossSum: Double { sums[6] }

  public static func + (left: Self, right: Self) -> Self { Self(left.sums + right.sums) }
  public static func += (left: inout Self, right: Self) { left.sums += right.sums }

  /// What one row of weight 1 adds. `label` is `nil` where it is missing.
  ///
  /// Squared error and log loss are those of a probability; for a score that is none they are never
  /// read.
  public static func row(score: Double, label: Bool?) -> SIMD8<Double> {
    guard let label else { return SIMD8(1, score, 0, 0, 0, 0, 0, 0) }
    let target = label ? 1.0 : 0.0
    let probability = Probability.clipped(score)
    let loss = -Double.log(label ? probability : 1 - probability)
    return SIMD8(1, score, 1, score, target, (score - target) * (score - target), loss, 0)
  }
}

/// The rule for probabilities that are exactly, or nearly, 0 or 1.
public enum Probability {
  /// The nearest probability whose logarithm and logit are used: [2⁻⁵², 1 − 2⁻⁵²].
  public static let limit = Double.ulpOfOne

  public static func clipped(_ probability: Double) -> Double {
    min(max(probability, limit), 1 - limit)
  }

  public static func isClipped(_ probability: Double) -> Bool {
    probability < limit || probability > 1 - limit
  }

  /// log(p / (1−p)) of the clipped probability.
  public static func logit(_ probability: Double) -> Double {
    let p = clipped(probability)
    return Double.log(p / (1 - p))
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The power of establishing that a group's rate is not below the reference's by a margin or more.
///
/// Power = Φ((p₁ − p₂ + M)/√(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂) − c): the lower limit of p₁ − p₂ is above −M.
/// With a two-sided c of 95 % the one-sided error is 2.5 %. For a rate that should be low, take the
/// rate of its complement.
///
/// Source: Chow, Shao, Wang & Lokhnygina 2018, "Sample Size Calculations in Clinical Research",
/// section 4.2.
public struct NonInferiorityPower: RateDesign {
  public var group: Double
  public var reference: Double
  /// M, positive.
  public var margin: Double
  public var critical: Double

  public init(group: Double, reference: Double, margin: Double, critical: Double) {
    precondition((0...1).contains(group) && (0...1).contains(reference))
    precondition(margin > 0 && critical > 0)
    self.group = group
    self.reference = reference
    self.margin = margin
    self.critical = critical
  }

  public var claim: ExactPower.Claim { .exceeds(-margin) }
  public var method: ExactPower.Method { .newcombeT }

  public func power(_ sizes: SampleSizes) -> Double {
    let distance = group - reference + margin
    let error = RateError.ofDifference(group, reference, sizes)
    if error == 0 { return distance > 0 ? 1 : 0 }
    return Normal.cumulative(distance / error - critical)
  }
}

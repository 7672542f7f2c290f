// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The power of establishing that two rates differ.
///
/// Power = Φ((|p₁ − p₂| − c √(p̄(1−p̄)(1/n₁ + 1/n₂))) / √(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂)), p̄ the mean of
/// the rates weighted by the sizes: the pooled variance if there were no difference, the unpooled one
/// as it is. Only findings in the true direction count. No correction for continuity.
///
/// Source: Fleiss, Levin & Paik 2003, "Statistical Methods for Rates and Proportions", section 4.2;
/// R's `power.prop.test` for equal sizes.
public struct TwoProportionPower: RateDesign, GapDesign {
  public var group: Double
  public var reference: Double
  public var critical: Double

  /// - Parameters:
  ///   - group: the group's true rate, in [0, 1].
  ///   - reference: the reference's true rate, another one in [0, 1].
  ///   - critical: two-sided; see `ComparisonFamily`.
  public init(group: Double, reference: Double, critical: Double) {
    precondition((0...1).contains(group) && (0...1).contains(reference) && critical > 0)
    self.group = group
    self.reference = reference
    self.critical = critical
  }

  public var claim: ExactPower.Claim { group > reference ? .exceeds(0) : .isBelow(0) }
  public var method: ExactPower.Method { .newcombeT }

  public func reach(isAbove: Bool, sizes: SampleSizes) -> Double {
    isAbove ? 1 - reference : reference
  }

  public func power(_ sizes: SampleSizes) -> Double {
    let total = sizes.group + sizes.reference
    let pooled = (sizes.group * group + sizes.reference * reference) / total
    let scale = 1 / sizes.group + 1 / sizes.reference
    let underNull = (pooled * (1 - pooled) * scale).squareRoot()
    let distance = (group - reference).magnitude - critical * underNull
    let error = RateError.ofDifference(group, reference, sizes)
    return error == 0 ? (distance > 0 ? 1 : 0) : Normal.cumulative(distance / error)
  }
}

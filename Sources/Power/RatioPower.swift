// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// The power of establishing that the ratio of two rates is above a value, or below it.
///
/// Power = Φ(|log(p₁/p₂) − log r| / √((1−p₁)/(n₁p₁) + (1−p₂)/(n₂p₂)) − c), on the side of r on which
/// the true ratio lies. r = 1: the rates differ. r = 0.8: the four-fifths rule (29 CFR 1607.4(D)) is
/// kept, or is broken, beyond what chance explains.
///
/// Source: Katz, Baptista, Azen & Pike 1978, doi:10.2307/2530610.
public struct RatioPower: RateDesign {
  public var group: Double
  public var reference: Double
  /// r, the ratio to be excluded, which is not the true one.
  public var limit: Double
  public var critical: Double

  public init(group: Double, reference: Double, limit: Double, critical: Double) {
    precondition(group > 0 && group <= 1 && reference > 0 && reference <= 1)
    precondition(limit > 0 && critical > 0)
    self.group = group
    self.reference = reference
    self.limit = limit
    self.critical = critical
  }

  public var claim: ExactPower.Claim {
    group > limit * reference ? .exceeds(limit) : .isBelow(limit)
  }
  public var method: ExactPower.Method { .koopmanT }

  public func power(_ sizes: SampleSizes) -> Double {
    let distance = Double.log(group / (reference * limit)).magnitude
    let error = RateError.ofLogRatio(group, reference, sizes)
    return error == 0
      ? (distance > 0 ? 1 : 0) : Normal.cumulative(distance / error - critical)
  }
}

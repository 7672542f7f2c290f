// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The power of establishing that two rates differ by less than a margin, by two one-sided tests.
///
/// Power = Φ((M − δ)/s − c) + Φ((M + δ)/s − c) − 1, at least 0, with δ = p₁ − p₂ and
/// s = √(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂): the whole interval lies within ±M. With a two-sided c of 90 % each
/// of the two tests has an error of 5 %, with 95 % one of 2.5 %.
///
/// Source: Schuirmann 1987, doi:10.1007/BF01068419; Chow et al. 2018, section 4.2.
public struct EquivalencePower: RateDesign {
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

  public var claim: ExactPower.Claim { .liesWithin(-margin, margin) }
  public var method: ExactPower.Method { .newcombeT }

  public func power(_ sizes: SampleSizes) -> Double {
    let difference = group - reference
    let error = RateError.ofDifference(group, reference, sizes)
    if error == 0 { return difference.magnitude < margin ? 1 : 0 }
    let above = Normal.cumulative(critical - (margin - difference) / error)
    let below = Normal.cumulative(critical - (margin + difference) / error)
    return max(0, 1 - above - below)
  }
}

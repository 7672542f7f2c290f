// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The power of establishing that the means of a number differ between two groups.
///
/// P(T > t), T noncentral with Δ/√(s₁²/n₁ + s₂²/n₂) and n₁ + n₂ − 2 degrees of freedom where the
/// standard deviations are equal (Student), Welch's where they are not; t has the tail of the critical
/// value. Only findings in the true direction count.
///
/// Source: R's `power.t.test`; Welch 1947, doi:10.1093/biomet/34.1-2.28.
public struct MeanPower: GapDesign {
  /// The true mean of the group; only its difference Δ from the reference's matters.
  public var group: Double
  /// The true mean of the reference.
  public var reference: Double
  /// s₁, of the numbers in the group.
  public var groupDeviation: Double
  /// s₂, of the numbers in the reference.
  public var referenceDeviation: Double
  public var critical: Double

  public init(
    group: Double, reference: Double = 0, groupDeviation: Double, referenceDeviation: Double,
    critical: Double
  ) {
    precondition(groupDeviation > 0 && referenceDeviation > 0 && critical > 0)
    self.group = group
    self.reference = reference
    self.groupDeviation = groupDeviation
    self.referenceDeviation = referenceDeviation
    self.critical = critical
  }

  public func reach(isAbove: Bool, sizes: SampleSizes) -> Double {
    // Two groups of two rows need 6 standard errors at 95 %, families of many groups below 1000.
    1000 * standardError(sizes)
  }

  public func power(_ sizes: SampleSizes) -> Double {
    guard sizes.smaller > 1 else { return 0 }
    let own = groupDeviation * groupDeviation / sizes.group
    let other = referenceDeviation * referenceDeviation / sizes.reference
    let degrees =
      groupDeviation == referenceDeviation
      ? sizes.group + sizes.reference - 2
      : (own + other) * (own + other)
        / (own * own / (sizes.group - 1) + other * other / (sizes.reference - 1))
    return NoncentralT.upperTail(
      beyond: StudentCritical.value(critical, degreesOfFreedom: degrees), degreesOfFreedom: degrees,
      noncentrality: (group - reference).magnitude / standardError(sizes))
  }

  private func standardError(_ sizes: SampleSizes) -> Double {
    (groupDeviation * groupDeviation / sizes.group
      + referenceDeviation * referenceDeviation / sizes.reference).squareRoot()
  }
}

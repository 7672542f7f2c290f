// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The power of establishing that the area under the ROC curve differs between two groups.
///
/// Power = Φ(|A₁ − A₂|/√(V(A₁) + V(A₂)) − c) with Hanley and McNeil's variance V of the group's and of
/// the reference's positives and negatives; disjoint groups are independent. Rows of both classes
/// count as sizes, the same share of them positive in both groups.
///
/// Source: Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747.
public struct AreaPower: GapDesign {
  /// The group's true area, in (0, 1).
  public var group: Double
  /// The reference's true area, in (0, 1).
  public var reference: Double
  /// The share of positives among the rows, in (0, 1).
  public var positiveShare: Double
  public var critical: Double

  public init(group: Double, reference: Double, positiveShare: Double, critical: Double) {
    precondition(group > 0 && group < 1 && reference > 0 && reference < 1)
    precondition(positiveShare > 0 && positiveShare < 1 && critical > 0)
    self.group = group
    self.reference = reference
    self.positiveShare = positiveShare
    self.critical = critical
  }

  public func reach(isAbove: Bool, sizes: SampleSizes) -> Double {
    // An area of 1 has no variance; the nearest one below does.
    (isAbove ? 1 - reference : reference) * (1 - 1e-9)
  }

  public func power(_ sizes: SampleSizes) -> Double {
    // A class of less than one row has no variance.
    guard sizes.smaller * min(positiveShare, 1 - positiveShare) >= 1 else { return 0 }
    let variance = variance(group, sizes.group) + variance(reference, sizes.reference)
    return Normal.cumulative(
      (group - reference).magnitude / variance.squareRoot() - critical)
  }

  private func variance(_ area: Double, _ rows: Double) -> Double {
    HanleyMcNeil.variance(area, rows * positiveShare, rows * (1 - positiveShare))
  }
}

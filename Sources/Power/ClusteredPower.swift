// SPDX-License-Identifier: Apache-2.0

/// A comparison whose rows come in clusters of one size, such as several decisions a person.
///
/// Rows are worth n / (1 + (m − 1)ρ) independent ones, m the rows of a cluster and ρ the correlation of
/// two rows of one. The critical value is carried over to Student's t on the clusters of the smaller
/// group less one, as in the intervals of clustered rows.
///
/// Source: Kish 1965, "Survey Sampling", section 5.4; Donner & Klar 2000, "Design and Analysis of
/// Cluster Randomization Trials in Health Research", section 5.2.
public struct ClusteredPower<Base: PowerDesign>: PowerDesign {
  public var base: Base
  /// m, at least 1.
  public var clusterSize: Double
  /// ρ, in [0, 1].
  public var correlation: Double

  public init(_ base: Base, clusterSize: Double, correlation: Double) {
    precondition(clusterSize >= 1 && (0...1).contains(correlation))
    self.base = base
    self.clusterSize = clusterSize
    self.correlation = correlation
  }

  public var critical: Double {
    get { base.critical }
    set { base.critical = newValue }
  }

  /// 1 + (m − 1)ρ.
  public var designEffect: Double { 1 + (clusterSize - 1) * correlation }

  /// Rows, whole clusters or not.
  public func power(_ sizes: SampleSizes) -> Double {
    let degrees = sizes.smaller / clusterSize - 1
    guard degrees > 0 else { return 0 }
    var design = base
    design.critical = StudentCritical.value(critical, degreesOfFreedom: degrees)
    guard design.critical.isFinite else { return 0 }
    return design.power(sizes.divided(by: designEffect))
  }

  /// The sizes rounded up to whole clusters.
  public func whole(_ sizes: SampleSizes) -> SampleSizes {
    func up(_ rows: Double) -> Double { SampleSizes.up(rows / clusterSize) * clusterSize }
    return SampleSizes(group: up(sizes.group), reference: up(sizes.reference))
  }
}

extension ClusteredPower: GapDesign where Base: GapDesign {
  public var group: Double {
    get { base.group }
    set { base.group = newValue }
  }
  public var reference: Double { base.reference }

  public func reach(isAbove: Bool, sizes: SampleSizes) -> Double {
    base.reach(isAbove: isAbove, sizes: sizes.divided(by: designEffect))
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// What a multicalibration family says: which group and score bin is furthest off, and whether any is
/// further off than chance.
public struct MulticalibrationTest: Sendable, Equatable {
  /// Every group and bin that holds rows, by group, then bin.
  public let regions: [CalibrationRegion]
  /// Of each region, (1 + #{replicates whose largest |z| reaches its |z|}) / (B + 1): the probability
  /// of any such region where every score is right. `nil` where it is excluded.
  public let adjustedPValues: [Double?]
  /// What the largest |z| stays below with the given confidence where every score is right.
  public let criticalValue: Double
  /// The place in `regions` of the largest |z|; the first of several.
  public let worst: Int

  /// - Parameter maxima: of `LabelReplicates`.
  /// - Throws: `Undefined` where no region is in the family.
  public init(
    _ calibration: Multicalibration, maxima: [Double], confidence: Double = 0.95
  ) throws(Undefined) {
    let regions = calibration.regions()
    let law = MaxT(maxima: maxima)
    var worst: Int?
    for (place, region) in regions.enumerated() {
      guard let z = region.z else { continue }
      let largest = worst.flatMap { regions[$0].z } ?? 0
      if worst == nil || abs(z) > abs(largest) { worst = place }
    }
    guard let worst else { throw Undefined("no group and score bin has enough rows") }
    self.worst = worst
    self.regions = regions
    criticalValue = law.criticalValue(confidence: confidence)
    // A tie within rounding counts as reaching.
    adjustedPValues = regions.map { $0.z.map { law.pValue($0 * (1 - 1e-12)) } }
  }
}

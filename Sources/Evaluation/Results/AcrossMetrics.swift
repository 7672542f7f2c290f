// SPDX-License-Identifier: Apache-2.0

/// A comparison's p-value among all comparisons of its kind, over every metric and slice of a model.
///
/// The first two control the chance of any false finding and use the joint distribution of all
/// comparisons; Holm's does so for any dependence. The last two bound the expected share of false
/// findings among those made: under positive dependence (Hochberg) and under any (Yekutieli).
public struct AcrossMetrics: Sendable, Codable, Equatable {
  /// `boosted/difference_to_overall`.
  public var family: String
  /// How many comparisons are in it.
  public var size: Int
  public var maxT: Double
  public var romanoWolf: Double
  public var holm: Double
  public var benjaminiHochberg: Double
  public var benjaminiYekutieli: Double

  public init(
    family: String, size: Int, maxT: Double, romanoWolf: Double, holm: Double,
    benjaminiHochberg: Double, benjaminiYekutieli: Double
  ) {
    self.family = family
    self.size = size
    self.maxT = maxT
    self.romanoWolf = romanoWolf
    self.holm = holm
    self.benjaminiHochberg = benjaminiHochberg
    self.benjaminiYekutieli = benjaminiYekutieli
  }
}

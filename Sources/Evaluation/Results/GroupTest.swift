// SPDX-License-Identifier: Apache-2.0

/// Whether a metric differs between any of an attribute's groups at all, and by how much groups differ
/// beyond chance.
public struct GroupTest: Sendable, Codable, Equatable {
  @ExplicitNull public var model: String?
  public var metric: String
  public var attributes: [String]
  /// The stratum within which groups are compared, where `--condition` is given.
  @ExplicitNull public var condition: Slice?
  public var status: Status
  @ExplicitNull public var reason: String?
  /// How many groups are compared.
  public var groups: Int
  /// The omnibus (Wald) test that all groups have the same value.
  @ExplicitNull public var omnibus: OmnibusTest?
  /// The same question asked by permuting people's groups; the reason where it is not.
  @ExplicitNull public var permutation: PermutationTest?
  @ExplicitNull public var permutationReason: String?
  /// The variance of rates between groups with the noise of estimation taken out.
  @ExplicitNull public var betweenGroup: BetweenGroupRecord?
  public var excluded: [Exclusion]

  public init(model: String?, metric: String, attributes: [String], groups: Int) {
    _model = ExplicitNull(wrappedValue: model)
    self.metric = metric
    self.attributes = attributes
    self.groups = groups
    status = .ok
    excluded = []
  }
}

/// A Wald test of equality over all groups at once.
public struct OmnibusTest: Sendable, Codable, Equatable {
  public var statistic: Double
  /// Groups − 1.
  public var degreesOfFreedom: Double
  /// Of the F distribution.
  @ExplicitNull public var denominatorDegreesOfFreedom: Double?
  public var pValue: Double

  public init(
    statistic: Double, degreesOfFreedom: Double, denominatorDegreesOfFreedom: Double?,
    pValue: Double
  ) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    _denominatorDegreesOfFreedom = ExplicitNull(wrappedValue: denominatorDegreesOfFreedom)
    self.pValue = pValue
  }
}

/// A studentized permutation test: groups are dealt anew to the rows of the metric's denominator.
public struct PermutationTest: Sendable, Codable, Equatable {
  /// Of the omnibus statistic.
  public var pValue: Double
  /// Of the largest |t| among all pairs, the statistic behind max − min.
  @ExplicitNull public var rangePValue: Double?
  public var permutations: Int
  /// What is dealt: `rows`, `rows within strata`, `rows within clusters` or `clusters`.
  public var unit: String

  public init(pValue: Double, rangePValue: Double?, permutations: Int, unit: String) {
    self.pValue = pValue
    _rangePValue = ExplicitNull(wrappedValue: rangePValue)
    self.permutations = permutations
    self.unit = unit
  }
}

/// How much groups' values vary: as seen, and with the noise of estimation taken out.
public struct BetweenGroupRecord: Sendable, Codable, Equatable {
  /// The variance of the groups' values.
  public var observed: Double
  /// The same less the mean variance of estimation; may be negative.
  public var corrected: Double
  /// Percentile limits of the double-corrected replicates, cut off at 0.
  @ExplicitNull public var interval: ReportedInterval?

  public init(observed: Double, corrected: Double, interval: ReportedInterval?) {
    self.observed = observed
    self.corrected = corrected
    _interval = ExplicitNull(wrappedValue: interval)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The tests of a 2 × 2 table that rules and regulators name: two groups' successes and failures.
public struct TableTests: Sendable, Codable, Equatable {
  /// Fisher's exact test, two-sided.
  public var fisherExact: Double
  /// The same with half the probability of tables as likely as this one.
  public var midP: Double
  /// The difference in standard errors of the pooled rate ("two standard deviations" is |z| ≥ 2).
  public var pooledZ: Double
  /// The same with the variance of the hypergeometric distribution.
  public var hypergeometricZ: Double

  public init(fisherExact: Double, midP: Double, pooledZ: Double, hypergeometricZ: Double) {
    self.fisherExact = fisherExact
    self.midP = midP
    self.pooledZ = pooledZ
    self.hypergeometricZ = hypergeometricZ
  }

  init(_ sample: Proportion, _ reference: Proportion) {
    fisherExact = FisherExact.pValue(sample, reference)
    midP = FisherExact.midPValue(sample, reference)
    pooledZ = PooledZ.statistic(sample, reference)
    hypergeometricZ = HypergeometricZ.statistic(sample, reference)
  }
}

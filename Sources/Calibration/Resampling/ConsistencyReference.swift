// SPDX-License-Identifier: Apache-2.0

/// A statistic beside what it would be if scores were right.
public struct ConsistencyReference: Sendable, Equatable {
  /// The statistic of the observed labels.
  public let observed: Double
  /// The mean over replicates.
  public let expected: Double
  /// The replicate of rank ⌈.95 (B + 1)⌉.
  public let upper95: Double
  /// (1 + #{replicate ≥ observed}) / (B + 1): exact, whatever the statistic.
  public let pValue: Double
  /// B.
  public let replicates: Int

  /// Compares with at least 19 replicates. A replicate within 10⁻¹² of the observed value, relative
  /// to it above 1, counts as reaching it: the two may be one number but for rounding.
  public init(observed: Double, replicates: [Double]) {
    precondition(replicates.count >= 19, "a 95 % quantile needs 19 replicates")
    let count = Double(replicates.count)
    let limit = observed - 1e-12 * max(1, abs(observed))
    let reaching = replicates.count { $0 >= limit }
    self.observed = observed
    self.replicates = replicates.count
    expected = replicates.reduce(0, +) / count
    upper95 = replicates.sorted()[Int(((count + 1) * 0.95).rounded(.up)) - 1]
    pValue = Double(1 + reaching) / (count + 1)
  }
}

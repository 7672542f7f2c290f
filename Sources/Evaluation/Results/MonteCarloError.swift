// SPDX-License-Identifier: Apache-2.0

/// How far the limits of an interval would move from one run to another with another seed: their
/// standard errors over the finite number of replicates.
public struct MonteCarloError: Sendable, Codable, Equatable {
  /// `null` where too few replicates lie beyond the limit to tell.
  @ExplicitNull public var low: Double?
  @ExplicitNull public var high: Double?

  /// What is not finite is not known.
  public init(low: Double?, high: Double?) {
    _low = ExplicitNull(wrappedValue: low.flatMap { $0.isFinite ? $0 : nil })
    _high = ExplicitNull(wrappedValue: high.flatMap { $0.isFinite ? $0 : nil })
  }
}

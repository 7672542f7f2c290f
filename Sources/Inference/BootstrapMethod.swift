// SPDX-License-Identifier: Apache-2.0

/// A way to make an interval of the replicates of an estimate.
///
/// All methods take the order statistics of ranks ⌊(B + 1) p⌋ from below for the lower limit and
/// from above for the upper one, p the probability of a tail (α/2, corrected by BCa), so that they
/// err outwards. Where fewer than 1/p − 1 replicates are at hand the outermost stands in, with an
/// infinite Monte-Carlo error.
public protocol BootstrapMethod: Sendable {
  /// The equal-tailed interval; nil when the replicates do not tell one.
  func limits(confidence: Double) -> BootstrapInterval?
}

// SPDX-License-Identifier: Apache-2.0

/// The threshold of a group that comes nearest to a target.
///
/// Exploration: chosen and judged on the same rows.
public struct NearestThreshold: Sendable, Equatable {
  /// Its place in the grid.
  public var threshold: Int
  public var value: Double

  package init(threshold: Int, value: Double) {
    self.threshold = threshold
    self.value = value
  }
}

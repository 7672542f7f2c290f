// SPDX-License-Identifier: Apache-2.0

/// The thresholds of a grid at which a curve stays within a limit.
///
/// Exploration: chosen and judged on the same rows.
public struct ThresholdsWithin: Sendable, Equatable {
  /// Places in the grid at which the value meets the limit.
  public var observed: [Int]
  /// Those at which the whole band does: true at once for all of them, with the band's confidence.
  public var established: [Int]
  /// Among the established, else among the observed, the one with the best objective; of equally
  /// good ones the lowest. `nil` if none meets the limit or has an objective.
  public var proposed: Int?
}

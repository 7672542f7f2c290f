// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// How far a slice's rate lies from the overall rate, with bounds that hold jointly with the other
/// slices'.
public struct SliceBound: Sendable, Equatable {
  /// The slice's rate minus the overall rate, from −1 to 1.
  public let deviation: Double
  /// The slice's share of the rows.
  public let share: Double
  /// The bounds on the true deviation.
  public let interval: Interval
  /// Whether the bounds are the closed form for few rows instead of the bootstrap's.
  public let isClosedForm: Bool
}

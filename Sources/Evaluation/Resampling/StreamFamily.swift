// SPDX-License-Identifier: Apache-2.0

/// Which random numbers belong to what: every use draws from a family of streams of its own.
enum StreamFamily {
  static let counts: UInt32 = 1
  static let rows: UInt32 = 2
  static let noiseFloor: UInt32 = 3
  static let joint: UInt32 = 6
  static let clusters: UInt32 = 7
  /// One a model, grouping and kind of deal from here on; see `PermutationContext.family`.
  static let permutations: UInt32 = 5
  /// One a model from here on.
  static let calibration: UInt32 = 1 << 16
}

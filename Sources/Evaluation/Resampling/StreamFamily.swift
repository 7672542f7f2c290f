// SPDX-License-Identifier: Apache-2.0

/// Which random numbers belong to what: every use draws from a family of streams of its own.
enum StreamFamily {
  static let counts: UInt32 = 1
  static let rows: UInt32 = 2
  static let noiseFloor: UInt32 = 3
  /// One a model from here on.
  static let calibration: UInt32 = 1 << 16
}

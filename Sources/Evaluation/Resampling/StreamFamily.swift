// SPDX-License-Identifier: Apache-2.0

/// Which random numbers belong to what: every use draws from a family of streams of its own.
enum StreamFamily {
  static let counts: UInt32 = 1
  static let rows: UInt32 = 2
  static let noiseFloor: UInt32 = 3
  static let joint: UInt32 = 6
  static let clusters: UInt32 = 7
  static let standings: UInt32 = 4
  static let pareto: UInt32 = 8
  static let thresholds: UInt32 = 9
  /// One a model, grouping and kind of deal from here on; see `PermutationContext.family`.
  static let permutations: UInt32 = 5
  /// One a model from here on.
  static let calibration: UInt32 = 1 << 16

  static func multicalibration(model: Int) -> UInt32 { 1 << 17 + UInt32(model) }

  /// Labels drawn for one slice.
  static func calibration(model: Int, slice: Int) -> UInt32 {
    1 << 24 + UInt32(truncatingIfNeeded: slice << 6 + model)
  }

  /// Draws of cells from an additive fit, and deals of rows to folds.
  static func smallGroups(rate: Int, grouping: Int) -> (fit: UInt32, deal: UInt32) {
    let place = 1 << 30 + UInt32(truncatingIfNeeded: grouping << 12 + rate << 2)
    return (place, place + 1)
  }

  static func simultaneousBounds(rate: Int, context: Int) -> UInt32 {
    1 << 30 + UInt32(truncatingIfNeeded: context << 12 + rate << 2) + 2
  }
}

// SPDX-License-Identifier: Apache-2.0

/// One model's calibration on one slice: what needs no draws, and what draws are still to say.
struct SliceCalibrator: Sendable {
  let model: Int
  let slice: Int
  /// Without what draws say.
  let closed: SliceCalibration
  /// `nil` where no labels are drawn.
  let draws: CalibrationDraws?

  /// How many blocks of replicates there are to run.
  var blocks: Int { draws?.blocks ?? 0 }

  /// With what all blocks say, in order.
  func finished(_ blocks: [CalibrationDraws.Block]) -> SliceCalibration {
    guard let draws else { return closed }
    var result = closed
    result.errors = draws.errors(blocks)
    result.diagram?.band = draws.band(blocks)
    return result
  }
}

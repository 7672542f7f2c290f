// SPDX-License-Identifier: Apache-2.0

/// The rows of one group whose scores lie in one bin, and how far their labels are from their scores.
public struct CalibrationRegion: Sendable, Equatable {
  /// Places in `Multicalibration.groups` and among its bins.
  public let group: Int
  public let bin: Int
  public let rows: Double
  public let positives: Double
  /// Of scores, Σ wf / Σw.
  public let meanScore: Double
  /// Σ w(y − f) / Σw: above 0 the scores are too low.
  public let meanResidual: Double
  /// √Σ w²f(1 − f) / Σw: of the mean residual where every score is right.
  public let standardError: Double
  /// meanResidual / standardError; `nil` where the region is excluded.
  public let z: Double?
  /// Why the region is not in the family, if it is not.
  public let excluded: String?

  /// Mean and standard deviation of Σ wy where every score is right.
  let expected: Double
  let deviation: Double

  init(group: Int, bin: Int, _ tally: BinTally, minimum: Double, leastVariance: Double) {
    self.group = group
    self.bin = bin
    rows = tally.rows
    positives = tally.positives
    expected = tally.expected
    deviation = tally.variance.squareRoot()
    meanScore = expected / tally.mass
    meanResidual = (tally.positiveMass - expected) / tally.mass
    standardError = deviation / tally.mass
    if tally.rows < minimum {
      excluded = "fewer than \(Int(minimum)) rows"
    } else if deviation == 0
      || tally.variance < leastVariance * tally.heaviest * tally.heaviest
    {
      excluded = "scores so near 0 or 1 that chance has too little room"
    } else {
      excluded = nil
    }
    z = excluded == nil ? (tally.positiveMass - expected) / deviation : nil
  }
}

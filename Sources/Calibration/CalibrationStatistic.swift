// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// A number that says how far scores are from the rates they promise, and that can be computed again
/// for labels drawn as if every score were right.
public protocol CalibrationStatistic: Sendable {
  associatedtype Prepared: PreparedCalibrationStatistic
  /// In snake_case: `smooth_calibration_error`.
  var id: String { get }
  var title: String { get }
  /// The formula in words, its undefined cases and its source.
  var definition: String { get }
  /// One clause for a reader: what the number says.
  var meaning: String { get }
  /// Everything that depends on the scores alone, computed once for all label vectors.
  ///
  /// - Throws: `Undefined` where there are too few rows, or none.
  func prepare(_ sample: CalibrationSample) throws(Undefined) -> Prepared
}

/// A statistic with all that does not depend on labels worked out.
public protocol PreparedCalibrationStatistic: Sendable {
  /// The statistic of each of some label vectors of the sample. No vector's value depends on the
  /// others, so that observed and drawn labels are treated alike.
  func values(_ labels: LabelVectors) -> [Double]
}

extension PreparedCalibrationStatistic {
  /// The statistic where `positives[i]` is the weight of the positives of entry i of the sample.
  public func value(positives: [Double]) -> Double {
    values(LabelVectors(positives: positives))[0]
  }
}

extension CalibrationStatistic {
  /// The statistic of the labels that were observed.
  public func value(_ sample: CalibrationSample) throws(Undefined) -> Double {
    try prepare(sample).value(positives: sample.positiveMasses)
  }
}

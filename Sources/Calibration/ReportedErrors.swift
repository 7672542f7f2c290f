// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The calibration errors that a scorecard has of a slice.
public enum ReportedErrors {
  /// In their order; findings go by the first.
  ///
  /// - Parameter edges: of the bins of equal mass that all slices share, so that the error over them is
  ///   the catalogue's `expected_calibration_error`.
  public static func all(edges: BinEdges) -> [any CalibrationStatistic] {
    [
      SmoothCalibrationError(), BinnedCalibrationError(.edges(edges)),
      BinnedCalibrationError(.equalWidth(widths)), MaximumCalibrationError(.edges(edges)),
      SweptCalibrationError(), IntegratedCalibrationIndex(), KernelCalibrationError(),
      ScanCalibrationTest(),
    ]
  }

  /// Where the bins of `all(edges:)` that do not depend on the sample begin and end.
  public static func limits(edges: BinEdges) -> [Double] {
    edges.edges + (1..<widths).map { Double($0) / Double(widths) }
  }

  /// Bins of equal width.
  private static let widths = 10
}

// SPDX-License-Identifier: Apache-2.0

/// What one replicate says of a ranked metric on a slice; NaN where it is undefined.
struct RankedReplicate: Sendable {
  var value = Double.nan
  var variance = Double.nan

  /// Without variation the smaller class is counted as if one row more could have been ranked
  /// otherwise, as `RankedEstimator` does.
  ///
  /// - Parameter support: rows of the smaller class that were drawn.
  mutating func smoothBoundary(support: Double) {
    guard variance <= 1e-24 || value == 0 || value == 1 else { return }
    let n = support + 2
    let smoothed = (value * support + 1) / n
    variance = smoothed * (1 - smoothed) / n
  }
}

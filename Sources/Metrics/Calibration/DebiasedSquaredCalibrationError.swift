// SPDX-License-Identifier: Apache-2.0

/// The squared distance between scores and observed rates over score bins, without the part that chance
/// puts there.
public struct DebiasedSquaredCalibrationError: Metric {
  public typealias Summary = BinnedScores
  public let id = "debiased_squared_calibration_error"
  public let title = "Debiased squared calibration error"
  public let range = -1.0...1.0
  public let direction = Direction.lowerIsBetter
  /// Its gaps are formed apart: an interval of a number near the end of its range is skewed.
  public let comparison = Comparison.none
  public let nullAtBoundary = false
  public let supportName = "labelled rows with a score"
  public let definition = """
    Σ over bins (n_b/n) [(s̄ − ȳ)² − ȳ(1 − ȳ)/(n_b − 1)], the bins of the expected calibration error, \
    those of fewer than 2 rows joined to a neighbour. Its mean is 0 for a perfectly calibrated model at any n, so that it can be \
    negative and groups of different size can be compared (Kumar, Liang & Ma 2019, arXiv 1909.10155). The \
    interval inverts tests of the squared error itself, which is at least 0. Undefined with fewer than 2 \
    labelled rows.
    """
  public let meaning = "the squared distance of scores from observed rates beyond chance"

  public init() {}

  /// Over the bins given; each needs at least 2 rows.
  public func value(_ bins: BinnedScores) throws(Undefined) -> Double {
    let total = support(bins)
    guard total > 0 else { throw Undefined("no \(supportName)") }
    var sum = 0.0
    for bin in bins.weights.indices where bins.weights[bin] > 0 {
      let rows = bins.effectiveRows(bin)
      guard rows >= 2 else { throw Undefined("a score bin has fewer than 2 rows") }
      let rate = bins.positives[bin] / bins.weights[bin]
      let gap = bins.scoreSums[bin] / bins.weights[bin] - rate
      sum += bins.weights[bin] * (gap * gap - rate * (1 - rate) / (rows - 1))
    }
    return sum / total
  }

  public func support(_ bins: BinnedScores) -> Double { bins.weights.reduce(0, +) }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// Estimates curves over thresholds with simultaneous bands.
///
/// The errors at all thresholds of a curve are jointly normal with the covariance of the counts
/// that they are computed from. The critical value c is the quantile of their largest |z|, by
/// draws; the band at each threshold is the interval that has c for its critical value
/// (`PointLimits`).
///
/// Results depend on the settings and the rows only, not on threads (with one BLAS thread, as
/// `LinearAlgebraRuntime.useOneThread` asks for).
///
/// Measured at 0.95, 2000 data sets a design (Tests/ThresholdsTests/Reference/CoverageStudy): rows of
/// weight one, weighted rows and clusters; 60 to 2000 rows or 30 and 100 clusters; 19 and 99
/// thresholds; true positive rate, selection rate, precision, F1, accuracy, balanced accuracy and
/// Matthews correlation: joint coverage .944 to .991, least for the correlation, .949 and above for
/// the others. Differences and ratios between two groups: .948 to 1.000.
package struct CurveEstimator: Sendable {
  package let settings: CurveSettings

  let normals: NormalNumbers

  /// - Parameters:
  ///   - groups: how many groups gaps are of, at most; more are slower only.
  ///   - thresholds: of the curves, at most.
  package init(_ settings: CurveSettings, groups: Int = 0, thresholds: Int = 0) {
    self.settings = settings
    normals = NormalNumbers(settings, streams: groups, rows: thresholds)
  }

  /// A metric of a sample at every threshold.
  ///
  /// - Complexity: T³ + draws · T², and entries · T for clustered rows.
  package func curve(_ metric: any DecisionMetric, _ sample: BucketedRows) -> ThresholdCurve {
    let points = CurvePoints(metric, sample, minimum: settings.minimum)
    var curve = ThresholdCurve(thresholds: sample.thresholds)
    curve.values = points.values
    curve.reasons = points.reasons
    guard hasClusters(points, &curve), !points.sufficient.isEmpty else { return curve }
    let joint = JointErrors([points])
    let contrasts = points.sufficient.indices.map { joint.contrast(sample: 0, column: $0) }
    let critical = critical(joint, contrasts)
    curve.critical = critical.studentized
    let limits = PointLimits(points, joint.samples[0])
    for (column, threshold) in points.sufficient.enumerated() {
      let band = limits.limits(column, critical)
      curve.low[threshold] = band.low
      curve.high[threshold] = band.high
    }
    return curve
  }

  /// Whether there is a variation between clusters; else no threshold has a band.
  private func hasClusters(_ points: CurvePoints, _ curve: inout ThresholdCurve) -> Bool {
    guard points.sample.isClustered, points.sample.clusterCount < 2 else { return true }
    for threshold in points.sufficient { curve.reasons[threshold] = "only one cluster" }
    return false
  }

  /// The standard errors at the sufficient thresholds, 0 where nothing varies, and the correlations
  /// between them.
  package func errors(
    _ metric: any DecisionMetric, _ sample: BucketedRows
  ) -> (thresholds: [Int], standardErrors: [Double], correlations: [[Double]]) {
    let points = CurvePoints(metric, sample, minimum: settings.minimum)
    let joint = JointErrors([points])
    let errors = joint.samples[0].standardErrors
    let correlations = errors.indices.map { row in
      errors.indices.map { joint.correlation((0, row), (0, $0)) }
    }
    return (points.sufficient, errors, correlations)
  }

  func critical(_ joint: JointErrors, _ family: [JointErrors.Contrast]) -> CriticalValue {
    CriticalValues(confidence: settings.confidence, degrees: joint.degrees).twoSided(
      joint.maxima([family], self, twoSided: true)[0], size: family.count)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// A calibration intercept or slope with its profile-likelihood interval: all values that the
/// likelihood-ratio test does not reject.
///
/// {θ : 2(ℓ(θ̂) − ℓₚ(θ)) ≤ z²}, where ℓₚ(θ) is the likelihood with the other coefficient fitted anew and
/// z the normal quantile (z² that of χ² with one degree of freedom). It follows the likelihood where
/// that is skewed, as in small slices and near separation, and does not change with the scale of the
/// coefficient. Limits are found to about 10⁻⁸ of a standard error.
///
/// The deviance can be scaled, see `Scaling`: 95 % intervals as they are cover 94 % for the slope with 25
/// events, and 92 % for the intercept where the slope is 0.6.
///
/// Only unweighted rows have a likelihood. Undefined where the estimate is: without both classes, and
/// for the slope and the joint intercept with a constant score or separated classes.
///
/// About 20 passes over the entries.
///
/// Source: Venzon & Moolgavkar 1988, doi:10.2307/2347496.
public struct LikelihoodInterval: Sendable, Equatable {
  /// What is estimated, in logit P(y = 1) = a + b·logit(score).
  public enum Coefficient: Sendable, CaseIterable {
    /// a with b = 1: calibration in the large, `calibration_intercept`.
    case intercept
    /// b, `calibration_slope`.
    case slope
    /// a beside the fitted b.
    case jointIntercept
  }

  /// What the drop of the deviance is divided by before it is compared with z².
  public enum Scaling: Sendable, CaseIterable {
    /// 1: the interval that other programs print.
    case none
    /// The drop's mean to order 1/n, for the slope in small slices (Lawley 1956,
    /// doi:10.1093/biomet/43.3-4.295).
    case bartlett
    /// The ratio of the estimate's sandwich variance to its model variance, for the intercept: with the
    /// slope held at 1 its model is wrong wherever the slope is not 1 (Royall & Tsou 2003,
    /// doi:10.1111/1467-9868.00392).
    case sandwich
  }

  /// The maximum likelihood estimate.
  public let estimate: Double
  /// ∞ where the likelihood stays above the limit however far one goes.
  public let interval: Interval

  public init(
    _ coefficient: Coefficient, of sample: CalibrationSample, confidence: Double = 0.95,
    scaling: Scaling = .none
  ) throws(Undefined) {
    if sample.isWeighted { throw Undefined("not available (weighted): weights have no likelihood") }
    let profile = try LikelihoodProfile(coefficient, of: sample)
    let critical =
      Normal.critical(confidence: confidence) * profile.meanDrop(scaling).squareRoot()
    estimate = profile.estimate
    interval = Interval(
      low: profile.limit(direction: -1, critical: critical),
      high: profile.limit(direction: 1, critical: critical))
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Calibration in the large: the intercept of a logistic regression with the logit of the score as
/// offset, its slope held at 1.
public struct CalibrationIntercept: RankedMetric {
  public let id = "calibration_intercept"
  public let title = "Calibration intercept"
  public let aliases = ["calibration_in_the_large"]
  public let range = -Double.infinity...Double.infinity
  public let direction = Direction.closer(to: 0)
  public let varianceMethod = "sandwich"
  public let needsProbability = true
  public let definition = """
    a in logit P(y=1) = a + logit(s), by maximum likelihood (calibration in the large). Above 0 the scores \
    are too low on the whole, below 0 too high. Undefined without both classes. Standard error from the \
    influence function (sandwich), valid for any slope.
    """
  public let meaning = "whether scores are too low (above 0) or too high (below 0) on the whole"

  public init() {}

  public func estimate(_ view: RankedScores) throws(Undefined) -> RankedEstimate {
    let fit = try LogisticFit(view, fitsSlope: false)
    let influence = fit.influence(on: 0)
    // The inverse Hessian would suppose that the slope is 1; where it is not, its variance is too
    // small by E(y−p)² / E p(1−p).
    return RankedEstimate(
      value: fit.coefficients[0], variance: influence.variance(view), influence: influence)
  }
}

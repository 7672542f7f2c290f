// SPDX-License-Identifier: Apache-2.0

/// The slope of the logistic regression of labels on logits of scores, fitted with an intercept.
public struct CalibrationSlope: RankedMetric {
  public let id = "calibration_slope"
  public let title = "Calibration slope"
  public let range = -Double.infinity...Double.infinity
  public let direction = Direction.closer(to: 1)
  public let varianceMethod = "hessian"
  public let needsProbability = true
  public let definition = """
    b in logit P(y=1) = a + b·logit(s), by maximum likelihood (Cox 1958, doi:10.1093/biomet/45.3-4.562). \
    Below 1 the scores are too extreme, above 1 too timid. Undefined without both classes, for a constant \
    score, and where the score separates the classes.
    """
  public let meaning = "whether scores are spread rightly: below 1 too extreme, above 1 too timid"

  public init() {}

  public func estimate(_ view: RankedScores) throws(Undefined) -> RankedEstimate {
    let fit = try LogisticFit(view, fitsSlope: true)
    return RankedEstimate(
      value: fit.coefficients[1], variance: fit.covariance[1, 1], influence: fit.influence(on: 1))
  }
}

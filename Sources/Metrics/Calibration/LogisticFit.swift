// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import RealModule

/// Logistic regression of labels on logits of scores by maximum likelihood: Newton's method with
/// step halving, each step solved by a Cholesky factorisation.
///
/// The design is (1, x) for the joint fit, or 1 with offset x for calibration in the large. Data are
/// the distinct scores of a view with the weights of their positives and negatives.
///
/// - Complexity: scores × steps of Newton's method; three or four steps on a long view, which starts
///   where the fit to means of its neighbouring scores ends.
struct LogisticFit {
  /// Intercept, then slope where it is fitted.
  private(set) var coefficients: [Double]
  /// The inverse of the information matrix.
  private(set) var covariance: Matrix
  private let data: LogisticData
  /// Fitted probability at each distinct score.
  private var fitted: [Double]

  /// - Throws: `Undefined` without both classes, for a constant score (joint fit only), where the
  ///   classes are separated by the score so that no maximum exists, and if Newton's method stalls.
  init(_ view: RankedScores, fitsSlope: Bool) throws(Undefined) {
    try view.requireBothClasses()
    let data = LogisticData(view)
    if fitsSlope { try data.requireOverlap() }
    let start = fitsSlope ? [0.0, 1] : [0]
    // The means of nearly separated classes may be separated: then the start is as if there were none.
    if let brief = data.brief, let near = try? LogisticFit(brief, from: start),
      let fit = try? LogisticFit(data, from: near.coefficients)
    {
      self = fit
      return
    }
    try self.init(data, from: start)
  }

  private init(_ data: LogisticData, from start: [Double]) throws(Undefined) {
    self.data = data
    fitted = Array(repeating: 0, count: data.logits.count)
    coefficients = start
    covariance = Matrix(rows: start.count, columns: start.count)
    let widest = data.logits.reduce(0) { max($0, abs($1)) }
    for _ in 0..<100 {
      let (score, information) = derivatives()
      guard let factor = Cholesky(information) else { throw Self.flat }
      covariance = factor.inverse()
      let step = factor.solve(score)
      let longest = step.map(abs).max() ?? 0
      if longest < 1e-12 * (1 + (coefficients.map(abs).max() ?? 0)) {
        try requireInformation()
        return
      }
      // How far the step moves any row on the scale of logits.
      let reach = abs(step[0]) + (step.count == 2 ? abs(step[1]) * widest : 0)
      if reach < 0.5 {
        // Newton's method converges from here; gains soon drown in rounding.
        coefficients = zip(coefficients, step).map { $0 + $1 }
      } else {
        guard advance(by: step) else {
          try requireInformation()
          return
        }
      }
    }
    throw Undefined("the fit did not converge")
  }

  private static let flat = Undefined("the likelihood is too flat to fit")

  /// Scores of 0 and 1 put rows where no intercept moves them: what is left to learn from then drowns in
  /// rounding. A standard error of 10⁴ on the scale of logits says nothing.
  private func requireInformation() throws(Undefined) {
    for index in coefficients.indices {
      let variance = covariance[index, index]
      guard variance.isFinite, variance < 1e8, coefficients[index].isFinite else { throw Self.flat }
    }
  }

  /// Takes the step, halved until the log-likelihood does not fall; false where no part of it climbs,
  /// which is the maximum to rounding.
  ///
  /// The log-likelihood is concave, but a full step from afar can overshoot without end: logits of
  /// clipped scores reach ±36.
  private mutating func advance(by step: [Double]) -> Bool {
    let start = coefficients
    let before = logLikelihood()
    var share = 1.0
    for _ in 0..<60 {
      coefficients = zip(start, step).map { $0 + share * $1 }
      if logLikelihood() >= before { return true }
      share /= 2
    }
    coefficients = start
    return false
  }

  /// Σ over rows of log P(label) at the current coefficients, without overflow.
  private func logLikelihood() -> Double {
    let (intercept, slope) = line
    let (positives, weights) = (data.positives.span, data.weights.span)
    let logits = data.logits.span
    var sum = 0.0
    for index in 0..<logits.count {
      let eta = intercept + slope * logits[index]
      // log(1 + e^η) = max(η, 0) + log(1 + e^−|η|)
      let softplus = max(eta, 0) + Double.log(onePlus: Double.exp(-abs(eta)))
      sum += positives[index] * eta - weights[index] * softplus
    }
    return sum
  }

  /// Intercept and slope of the linear predictor.
  private var line: (intercept: Double, slope: Double) {
    (coefficients[0], coefficients.count == 2 ? coefficients[1] : 1)
  }

  /// The score vector and the information matrix at the current coefficients; keeps fitted values.
  private mutating func derivatives() -> ([Double], Matrix) {
    let (intercept, slope) = line
    let data = data
    let (positives, weights) = (data.positives.span, data.weights.span)
    let logits = data.logits.span
    // Taken out and put back, so that no step of a long fit needs new memory.
    var kept: [Double] = []
    swap(&kept, &fitted)
    var probabilities = kept.mutableSpan
    var (g0, g1, h00, h01, h11) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in 0..<logits.count {
      let x = logits[index]
      let p = 1 / (1 + Double.exp(-(intercept + slope * x)))
      let residual = positives[index] - weights[index] * p
      let curvature = weights[index] * p * (1 - p)
      g0 += residual
      g1 += residual * x
      h00 += curvature
      h01 += curvature * x
      h11 += curvature * x * x
      probabilities[index] = p
    }
    swap(&kept, &fitted)
    return coefficients.count == 2
      ? ([g0, g1], Matrix(rows: 2, columns: 2, elements: [h00, h01, h01, h11]))
      : ([g0], Matrix(rows: 1, columns: 1, elements: [h00]))
  }

  /// The influence of a row at each score on coefficient `index`: row `index` of H⁻¹ (1, x) (y − p).
  func influence(on index: Int) -> ScoreInfluence {
    let constant = covariance[index, 0]
    let linear = coefficients.count == 2 ? covariance[index, 1] : 0
    return ScoreInfluence(
      positive: zip(data.logits, fitted).map { (constant + linear * $0) * (1 - $1) },
      negative: zip(data.logits, fitted).map { -(constant + linear * $0) * $1 })
  }
}

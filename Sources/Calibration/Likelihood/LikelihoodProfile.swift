// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import RealModule

/// The profile likelihood of one coefficient of the logistic regression of labels on logits of scores.
struct LikelihoodProfile {
  let estimate: Double
  private let standardError: Double
  let coefficient: LikelihoodInterval.Coefficient
  let logits: [Double]
  let rows: [Double]
  let positives: [Double]
  /// The other coefficient's estimate, and the highest log-likelihood.
  private var other = 0.0
  private var highest = 0.0

  init(
    _ coefficient: LikelihoodInterval.Coefficient, of sample: CalibrationSample
  ) throws(Undefined) {
    self.coefficient = coefficient
    logits = sample.scores.map(Probability.logit)
    rows = sample.rows
    positives = sample.positives
    var view = RankedScores()
    for index in sample.scores.indices {
      let (score, positive) = (sample.scores[index], sample.positives[index])
      view.append(score: score, label: true, rows: positive)
      view.append(score: score, label: false, rows: sample.rows[index] - positive)
    }
    let fit =
      coefficient == .intercept
      ? try CalibrationIntercept().estimate(view) : try CalibrationSlope().estimate(view)
    standardError = fit.variance.squareRoot()
    guard coefficient == .jointIntercept else {
      estimate = fit.value
      other = line(at: fit.value).maximum(from: 0)
      highest = logLikelihood(at: fit.value, &other)
      return
    }
    // With the slope at its estimate the best intercept is the joint one.
    other = fit.value
    estimate = LogisticLine(
      directions: logits.map { _ in 1 }, offsets: logits.map { $0 * fit.value }, rows: rows,
      positives: positives
    ).maximum(from: 0)
    highest = logLikelihood(at: estimate, &other)
  }

  /// What is left to fit with the coefficient held.
  private func line(at value: Double) -> LogisticLine {
    let free: [Double]
    let fixed: [Double]
    switch coefficient {
    case .intercept: (free, fixed) = (logits.map { _ in 0 }, logits.map { $0 + value })
    case .slope: (free, fixed) = (logits.map { _ in 1 }, logits.map { $0 * value })
    case .jointIntercept: (free, fixed) = (logits, logits.map { _ in value })
    }
    return LogisticLine(directions: free, offsets: fixed, rows: rows, positives: positives)
  }

  /// ℓₚ(value); `other` is where the search for the other coefficient starts, and what it finds.
  private func logLikelihood(at value: Double, _ other: inout Double) -> Double {
    let line = line(at: value)
    other = line.maximum(from: other)
    return line.logLikelihood(other)
  }

  /// The mean of the deviance drop at the true value, which is 1 only in large samples and for a true
  /// model; 1 for `.none`.
  func meanDrop(_ scaling: LikelihoodInterval.Scaling) -> Double {
    if scaling == .none { return 1 }
    let intercept = coefficient == .slope ? other : estimate
    let slope =
      switch coefficient {
      case .intercept: 1.0
      case .slope: estimate
      case .jointIntercept: other
      }
    let moments = LogisticMoments(
      probabilities: logits.map { 1 / (1 + Double.exp(-(intercept + slope * $0))) },
      logits: logits, rows: rows, positives: positives)
    return scaling == .bartlett
      ? moments.bartlett(coefficient) : moments.sandwich(coefficient)
  }

  /// The value above (direction 1) or below (−1) the estimate where √(2(ℓ̂ − ℓₚ)) is `critical`.
  func limit(direction: Double, critical: Double) -> Double {
    newtonLimit(direction, critical) ?? bracketedLimit(direction, critical)
  }

  /// The same, both coefficients by Newton's method at once: √(2(ℓ̂ − ℓ)) = critical with the other
  /// coefficient's score 0. `nil` where that goes astray, as on a flat likelihood.
  private func newtonLimit(_ direction: Double, _ critical: Double) -> Double? {
    var value = estimate + direction * critical * standardError
    var other = other
    let top = LogisticPoint(self, value: estimate, other: other)
    if top.otherInformation > 0 {
      other -= top.crossInformation / top.otherInformation * (value - estimate)
    }
    for _ in 0..<12 {
      let point = LogisticPoint(self, value: value, other: other)
      let root = (2 * (highest - point.logLikelihood)).squareRoot()
      guard root > 0 else { return nil }
      // What the other coefficient could still gain, and moves by when this one does.
      let gain =
        point.otherInformation > 0
        ? point.otherScore * point.otherScore / point.otherInformation : 0
      let follow =
        point.otherInformation > 0 ? point.crossInformation / point.otherInformation : 0
      let step =
        ((critical - root) * root + gain) / (point.otherScore * follow - point.score)
      guard abs(step) <= 2 * critical * standardError,
        (value + step - estimate) * direction > 0
      else { return nil }
      value += step
      // The next step would be about the square of this error.
      if abs(critical - root) < 1e-5 && gain < 1e-8 { return value }
      if point.otherInformation > 0 {
        other += point.otherScore / point.otherInformation - follow * step
      }
    }
    return nil
  }

  /// The same by bracketing: √(2(ℓ̂ − ℓₚ)) is nearly linear in the coefficient, so that a secant within a
  /// bracket takes few steps.
  private func bracketedLimit(_ direction: Double, _ critical: Double) -> Double {
    var other = other
    func excess(_ distance: Double) -> Double {
      let drop = highest - logLikelihood(at: estimate + direction * distance, &other)
      return (2 * max(0, drop)).squareRoot() - critical
    }
    var (near, atNear) = (0.0, -critical)
    // A little beyond the Wald limit, so that both ends of the bracket stand after one step as a rule.
    var far = 1.05 * critical * standardError
    var atFar = excess(far)
    while atFar < 0 {
      (near, atNear) = (far, atFar)
      far *= 1.5
      guard far < 1e6 * standardError else { return direction * .infinity }
      atFar = excess(far)
    }
    for _ in 0..<60 {
      let secant = near + (far - near) * atNear / (atNear - atFar)
      let next = secant > near && secant < far ? secant : (near + far) / 2
      let found = excess(next)
      if abs(found) < 1e-8 || far - near < 1e-8 * standardError {
        return estimate + direction * next
      }
      // Illinois: the end that stays counts half the next time.
      if found < 0 {
        (near, atNear) = (next, found)
        atFar /= 2
      } else {
        (far, atFar) = (next, found)
        atNear /= 2
      }
    }
    return estimate + direction * (near + far) / 2
  }
}

// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The likelihood and what Newton's method needs at two coefficients.
struct LogisticPoint {
  var logLikelihood = 0.0
  /// ∂ℓ by the coefficient and by the other one, which is 0 where there is none.
  var score = 0.0
  var otherScore = 0.0
  /// −∂²ℓ by both, and by the other one twice.
  var crossInformation = 0.0
  var otherInformation = 0.0

  /// Summed with Kahan's correction, as `LogisticLine.logLikelihood` is.
  init(_ profile: LikelihoodProfile, value: Double, other: Double) {
    let kind = profile.coefficient
    let (a, b) =
      switch kind {
      case .intercept: (value, 1.0)
      case .slope: (other, value)
      case .jointIntercept: (value, other)
      }
    let (logits, rows) = (profile.logits.span, profile.rows.span)
    let positives = profile.positives.span
    // Scores and informations by power of the logit.
    var (scores, powers, lost) = (SIMD2<Double>.zero, SIMD3<Double>.zero, 0.0)
    for index in logits.indices {
      let (x, n, k) = (logits[index], rows[index], positives[index])
      let eta = a + b * x
      let small = Double.exp(-abs(eta))
      let term = k * eta - n * (max(eta, 0) + Double.log(onePlus: small)) - lost
      let next = logLikelihood + term
      lost = (next - logLikelihood) - term
      logLikelihood = next
      let share = 1 / (1 + small)
      let residual = k - n * (eta >= 0 ? share : small * share)
      scores += SIMD2(residual, residual * x)
      let spread = n * small * share * share
      powers += spread * SIMD3(1, x, x * x)
    }
    score = kind == .slope ? scores.y : scores.x
    switch kind {
    case .intercept: return
    case .slope: (otherScore, otherInformation) = (scores.x, powers.x)
    case .jointIntercept: (otherScore, otherInformation) = (scores.y, powers.z)
    }
    crossInformation = powers.y
  }
}

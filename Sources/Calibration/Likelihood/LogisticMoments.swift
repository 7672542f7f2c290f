// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Moments of a fitted logistic regression's rows that say how far its deviance is from χ².
struct LogisticMoments {
  let probabilities: [Double]
  let logits: [Double]
  let rows: [Double]
  let positives: [Double]

  /// The mean of the deviance drop for one coefficient to order 1/n: 1 + ε(whole model) − ε(model without
  /// the coefficient). At least ½, where the expansion says nothing any more.
  func bartlett(_ coefficient: LikelihoodInterval.Coefficient) -> Double {
    let ones = logits.map { _ in 1.0 }
    let drop =
      switch coefficient {
      case .intercept: excess(ones, nil)
      case .slope: excess(ones, logits) - excess(ones, nil)
      case .jointIntercept: excess(ones, logits) - excess(logits, nil)
      }
    return max(0.5, 1 + drop)
  }

  /// ε = (3ρ²₁₃ + 2ρ²₂₃ − 3ρ₄)/12 of a model with one or two columns: its deviance from the true
  /// coefficients has mean columns + ε.
  ///
  /// ρ₄ = Σ κ₄h², ρ²₁₃ = |Σ κ₃hu|², ρ²₂₃ = |Σ κ₃ u⊗u⊗u|², where u are a row's columns made orthonormal
  /// under the information, h = |u|², and κ₃ = v(1 − 2p), κ₄ = v(1 − 6v), v = p(1 − p).
  ///
  /// Source: McCullagh 1987, Tensor Methods in Statistics, chapter 7.
  private func excess(_ first: [Double], _ second: [Double]?) -> Double {
    let spreads = probabilities.indices.map {
      rows[$0] * probabilities[$0] * (1 - probabilities[$0])
    }
    func information(_ a: [Double], _ b: [Double]) -> Double {
      spreads.indices.reduce(0) { $0 + spreads[$1] * a[$1] * b[$1] }
    }
    let length = information(first, first).squareRoot()
    var units = first.map { SIMD2($0 / length, 0) }
    if let second {
      let along = information(first, second) / length
      let left = spreads.indices.map { second[$0] - along * units[$0].x }
      let rest = information(left, left).squareRoot()
      for index in units.indices { units[index].y = left[index] / rest }
    }
    var (fourth, slanted, cubes) = (0.0, SIMD2<Double>.zero, SIMD4<Double>.zero)
    for (index, u) in units.enumerated() {
      let (p, spread) = (probabilities[index], spreads[index])
      let square = (u * u).sum()
      let third = spread * (1 - 2 * p)
      fourth += spread * (1 - 6 * p * (1 - p)) * square * square
      slanted += third * square * u
      cubes += third * SIMD4(u.x * u.x * u.x, u.x * u.x * u.y, u.x * u.y * u.y, u.y * u.y * u.y)
    }
    let cubed = (cubes * cubes * SIMD4(1, 3, 3, 1)).sum()
    return (3 * (slanted * slanted).sum() + 2 * cubed - 3 * fourth) / 12
  }

  /// The sandwich variance of a coefficient's estimate over its model variance.
  func sandwich(_ coefficient: LikelihoodInterval.Coefficient) -> Double {
    // Sums of p(1 − p) and of (y − p)² by power of the logit.
    var (information, spread) = (SIMD3<Double>.zero, SIMD3<Double>.zero)
    for (index, p) in probabilities.enumerated() {
      let x = logits[index]
      let powers = SIMD3(1, x, x * x)
      information += rows[index] * p * (1 - p) * powers
      spread += (positives[index] * (1 - 2 * p) + rows[index] * p * p) * powers
    }
    if coefficient == .intercept { return spread[0] / information[0] }
    // The coefficient's row of the inverse information times the determinant.
    let isSlope = coefficient == .slope
    let row =
      isSlope ? SIMD2(-information[1], information[0]) : SIMD2(information[2], -information[1])
    let determinant = information[0] * information[2] - information[1] * information[1]
    let sandwich =
      row.x * row.x * spread[0] + 2 * row.x * row.y * spread[1] + row.y * row.y * spread[2]
    return sandwich / (determinant * information[isSlope ? 0 : 2])
  }
}

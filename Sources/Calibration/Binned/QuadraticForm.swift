// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// The distribution of Σ a (δ − e)², e the deviation of a binomial rate from its probability: exact
/// mean, variance and third cumulant, and the gamma distribution that has them.
package struct QuadraticForm: Sendable {
  /// Σ a δ².
  package private(set) var theta = 0.0
  package private(set) var mean = 0.0
  package private(set) var variance = 0.0
  package private(set) var third = 0.0

  package init() {}

  /// Adds an independent bin of `rows` trials.
  package mutating func add(share: Double, rows n: Double, gap: Double, probability p: Double) {
    let (x, w) = (p * (1 - p), 1 - 2 * p)
    // Cumulants of the rate, then its central moments m₂ … m₆.
    let (k2, k3, k4) = (x / n, x * w / (n * n), x * (1 - 6 * x) / (n * n * n))
    let k5 = x * w * (1 - 12 * x) / (n * n * n * n)
    let k6 = x * (1 - 30 * x + 120 * x * x) / (n * n * n * n * n)
    let m4 = k4 + 3 * k2 * k2
    let m5 = k5 + 10 * k3 * k2
    let m6 = k6 + 15 * k4 * k2 + 10 * k3 * k3 + 15 * k2 * k2 * k2
    // Raw moments of (δ − e)² − δ² = e² − 2δe.
    let square = gap * gap
    let u2 = 4 * square * k2 - 4 * gap * k3 + m4
    let u3 = -8 * square * gap * k3 + 12 * square * m4 - 6 * gap * m5 + m6
    theta += share * square
    mean += share * (square + k2)
    variance += share * share * (u2 - k2 * k2)
    third += share * share * share * (u3 - 3 * k2 * u2 + 2 * k2 * k2 * k2)
  }

  /// P(Q ≤ q).
  package func cumulative(_ q: Double) -> Double {
    guard variance > 0 else { return q >= mean ? 1 : 0 }
    let deviation = variance.squareRoot()
    let skewness = third / (variance * deviation)
    // A gamma variable of this shape has the skewness; nearly symmetric ones need no larger shape.
    let shape = 4 / max(skewness * skewness, 1e-4)
    let z = (skewness < 0 ? -1 : 1) * (q - mean) / deviation
    let point = max(0, shape + z * shape.squareRoot())
    return skewness < 0
      ? ChiSquared.upperTail(2 * point, degreesOfFreedom: 2 * shape)
      : ChiSquared.cumulative(2 * point, degreesOfFreedom: 2 * shape)
  }
}

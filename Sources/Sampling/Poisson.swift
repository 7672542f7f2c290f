// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Exact Poisson draws.
///
/// Sequential inversion while the mean is below ten, transformed rejection (PTRS) above.
///
/// Source: Hörmann 1993, doi:10.1016/0167-6687(93)90997-4.
public struct Poisson: Sendable {
  /// A count of the given mean, which lies in [0, 2⁵²].
  public static func sample(mean: Double, using stream: inout RandomStream) -> Int {
    precondition(mean >= 0 && mean <= 0x1p52)
    return mean < 10 ? inversion(mean: mean, using: &stream) : rejection(mean: mean, using: &stream)
  }

  private static func inversion(mean: Double, using stream: inout RandomStream) -> Int {
    if mean == 0 { return 0 }
    let none = Double.exp(-mean)
    while true {
      var remaining = stream.uniform()
      var mass = none
      var count = 0
      while remaining > mass && count < 200 {
        remaining -= mass
        count += 1
        mass *= mean / Double(count)
      }
      // Two hundred lie beyond any double's probability: only rounding leads there. Draw again.
      if count < 200 { return count }
    }
  }

  private static func rejection(mean: Double, using stream: inout RandomStream) -> Int {
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let squeeze = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = stream.uniform() - 0.5
      let v = stream.uniform()
      let us = 0.5 - u.magnitude
      let count = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07 && v <= squeeze { return Int(count) }
      if count < 0 || (us < 0.013 && v > us) { continue }
      let height = v * inverseAlpha / (a / (us * us) + b)
      if Double.log(height) <= logProbability(count, mean: mean) { return Int(count) }
    }
  }

  private static func logProbability(_ count: Double, mean: Double) -> Double {
    if count == 0 { return -mean }
    return -Stirling.deviance(count, mean) - Stirling.correction(count)
      - 0.5 * Double.log(count) - Stirling.halfLogTwoPi
  }
}

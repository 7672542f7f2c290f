// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Exact binomial draws.
///
/// Sequential inversion while the mean is below ten, transformed rejection (BTRS) above, so that
/// the cost is bounded whatever the number of trials.
///
/// Source: Hörmann 1993, doi:10.1080/00949659308811496.
public struct Binomial: Sendable {
  /// The number of successes in independent trials of one probability in [0, 1].
  public static func sample(
    trials: Int, probability: Double, using stream: inout RandomStream
  ) -> Int {
    precondition(trials >= 0 && probability >= 0 && probability <= 1)
    if probability > 0.5 {
      return trials - rare(trials: trials, probability: 1 - probability, using: &stream)
    }
    return rare(trials: trials, probability: probability, using: &stream)
  }

  /// A draw for a probability of at most one half.
  private static func rare(
    trials: Int, probability: Double, using stream: inout RandomStream
  ) -> Int {
    if trials == 0 || probability == 0 { return 0 }
    return Double(trials) * probability < 10
      ? inversion(trials: trials, probability: probability, using: &stream)
      : rejection(trials: trials, probability: probability, using: &stream)
  }

  private static func inversion(
    trials: Int, probability: Double, using stream: inout RandomStream
  ) -> Int {
    let odds = probability / (1 - probability)
    let scale = Double(trials + 1) * odds
    let none = Double.exp(Double(trials) * Double.log(onePlus: -probability))
    while true {
      var remaining = stream.uniform()
      var mass = none
      var count = 0
      while remaining > mass {
        remaining -= mass
        count += 1
        mass *= scale / Double(count) - odds
        if count > trials { break }
      }
      // Rounding may leave a residue of about 1e-16 above the last count: draw again.
      if count <= trials { return count }
    }
  }

  private static func rejection(
    trials: Int, probability: Double, using stream: inout RandomStream
  ) -> Int {
    let n = Double(trials)
    let deviation = (n * probability * (1 - probability)).squareRoot()
    let b = 1.15 + 2.53 * deviation
    let a = -0.0873 + 0.0248 * b + 0.01 * probability
    let centre = n * probability + 0.5
    let squeeze = 0.92 - 4.2 / b
    while true {
      let u = stream.uniform() - 0.5
      let v = stream.uniform()
      let us = 0.5 - u.magnitude
      let count = ((2 * a / us + b) * u + centre).rounded(.down)
      if us >= 0.07 && v <= squeeze { return Int(count) }
      if count < 0 || count > n { continue }
      let height = v * (2.83 + 5.1 / b) * deviation / (a / (us * us) + b)
      if Double.log(height) <= logRatioToMode(count, trials: n, probability: probability) {
        return Int(count)
      }
    }
  }

  /// log f(count) − log f(mode), with the factorials' large parts cancelled on paper.
  private static func logRatioToMode(
    _ count: Double, trials n: Double, probability: Double
  ) -> Double {
    let odds = probability / (1 - probability)
    let mode = ((n + 1) * probability).rounded(.down)
    let atMode = (mode + 0.5) * Double.log((mode + 1) / (odds * (n - mode + 1)))
    let between = (n + 1) * Double.log((n - mode + 1) / (n - count + 1))
    let atCount = (count + 0.5) * Double.log(odds * (n - count + 1) / (count + 1))
    let corrections =
      Stirling.correction(mode + 1) + Stirling.correction(n - mode + 1)
      - Stirling.correction(count + 1) - Stirling.correction(n - count + 1)
    return atMode + between + atCount + corrections
  }
}

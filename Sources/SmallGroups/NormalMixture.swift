// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// A finite mixture of normal distributions.
struct NormalMixture {
  private var parts: [(mean: Double, deviation: Double, probability: Double)] = []

  mutating func add(mean: Double, deviation: Double, probability: Double) {
    parts.append((mean, deviation, probability))
  }

  /// The quantile by Newton's method inside a bracket that every step narrows.
  ///
  /// Each part's own quantile lies on one side of the mixture's: the extremes are a bracket.
  func quantile(_ probability: Double) -> Double {
    let z = Normal.quantile(probability)
    var (low, high) = (Double.infinity, -Double.infinity)
    var x = 0.0
    for part in parts {
      let own = part.mean + z * part.deviation
      (low, high) = (min(low, own), max(high, own))
      x += part.probability * own
    }
    for _ in 0..<100 {
      let (cumulative, density) = at(x)
      if cumulative < probability { low = x } else { high = x }
      let next = x - (cumulative - probability) / density
      let previous = x
      x = next > low && next < high ? next : (low + high) / 2
      if (x - previous).magnitude <= 1e-10 * (high - low + x.magnitude) { break }
    }
    return x
  }

  private func at(_ x: Double) -> (cumulative: Double, density: Double) {
    var (cumulative, density) = (0.0, 0.0)
    for part in parts {
      let z = (x - part.mean) / part.deviation
      cumulative += part.probability * Normal.cumulative(z)
      density += part.probability * Normal.density(z) / part.deviation
    }
    return (cumulative, density)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// The noncentral t distribution: (Z + δ)/S, S² an independent χ² over its degrees of freedom.
enum NoncentralT {
  /// P(T > t) = E Φ(δ − t S), to about 1e-10.
  ///
  /// By Simpson's rule over S, whose density is divided by its own integral: no gamma function of a
  /// large argument is needed. Degrees of freedom need not be whole.
  static func upperTail(
    beyond t: Double, degreesOfFreedom: Double, noncentrality: Double
  ) -> Double {
    precondition(degreesOfFreedom > 0)
    // S lies within 1 ± 9/√df but for a probability below 1e-16.
    let reach = 9 / degreesOfFreedom.squareRoot()
    let low = max(0, 1 - reach)
    let step = (1 + reach - low) / Double(panels)
    var (tail, total) = (0.0, 0.0)
    for index in 0...panels {
      let s = low + Double(index) * step
      let weight = index == 0 || index == panels ? 1.0 : index.isMultiple(of: 2) ? 2 : 4
      let mass = weight * density(s, degreesOfFreedom)
      total += mass
      tail += mass * Normal.cumulative(noncentrality - t * s)
    }
    return tail / total
  }

  /// Even; the density's width is then 30 steps or more.
  private static let panels = 600

  /// Proportional to the density of S, 1 at its mode for large degrees of freedom.
  private static func density(_ s: Double, _ df: Double) -> Double {
    if s == 0 { return df > 1 ? 0 : 1 }
    return Double.exp((df - 1) * Double.log(s) - 0.5 * df * (s - 1) * (s + 1))
  }
}

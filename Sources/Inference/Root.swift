// SPDX-License-Identifier: Apache-2.0

/// Zeros of monotone functions.
package enum Root {
  /// The zero of an increasing continuous function, by Chandrupatla's method: within `tolerance`, or as
  /// near as numbers are.
  ///
  /// An end is returned when the function has no change of sign between the ends: rounding may
  /// hide one that lies at an end.
  ///
  /// Source: Chandrupatla 1997, doi:10.1016/S0965-9978(96)00051-8.
  package static func ofIncreasing(
    between low: Double, and high: Double, tolerance: Double = 0, _ f: (Double) -> Double
  ) -> Double {
    var (a, b, c) = (high, low, high)
    var (fa, fb, fc) = (f(high), f(low), 0.0)
    if fb >= 0 { return low }
    if fa <= 0 { return high }
    fc = fa
    var fraction = 0.5
    for _ in 0..<200 {
      let x = a + fraction * (b - a)
      let fx = f(x)
      if (fx > 0) == (fa > 0) {
        (c, fc) = (a, fa)
      } else {
        (c, fc) = (b, fb)
        (b, fb) = (a, fa)
      }
      (a, fa) = (x, fx)
      let best = fa.magnitude < fb.magnitude ? a : b
      let limit = (4 * best.ulp + tolerance) / (b - a).magnitude
      if fx == 0 || limit > 0.5 { return best }
      let xi = (a - b) / (c - b)
      let phi = (fa - fb) / (fc - fb)
      fraction =
        phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi
        ? fa / (fb - fa) * fc / (fb - fc)
          + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        : 0.5
      fraction = min(1 - limit, max(limit, fraction))
    }
    return a
  }
}

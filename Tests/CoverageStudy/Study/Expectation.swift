// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// Exact values of populations.
package enum Expectation {
  package static func logistic(_ x: Double) -> Double { 1 / (1 + Double.exp(-x)) }

  /// E f(Z) for a standard normal Z: the trapezoidal rule on ±9 with step 0.005, whose error for
  /// smooth f is far below 1e-12.
  package static func normal(_ f: (Double) -> Double) -> Double {
    let step = 0.005
    return (-1800...1800).reduce(0) { sum, index in
      let z = Double(index) * step
      return sum + f(z) * Normal.density(z) * step
    }
  }

  /// The root of an increasing function between −10 and 10.
  package static func root(_ f: (Double) -> Double) -> Double {
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if f(middle) < 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

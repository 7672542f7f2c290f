// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The standard normal distribution.
public enum Normal {
  /// Φ(x), with full relative accuracy in the lower tail.
  public static func cumulative(_ x: Double) -> Double {
    0.5 * Double.erfc(-x * 0.5.squareRoot())
  }

  /// φ(x) = exp(−x²/2) / √2π.
  public static func density(_ x: Double) -> Double {
    Double.exp(-0.5 * x * x) * 0.398942280401432677939946059934
  }

  /// Φ⁻¹(p) to about 1e-16 relative; −∞ at 0 and +∞ at 1.
  ///
  /// Precision is lost in the argument near 1: write −quantile(q) instead of quantile(1 − q).
  ///
  /// Source: Wichura 1988, algorithm AS 241, doi:10.2307/2347330.
  public static func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1)
    if p == 0 || p == 1 { return p == 0 ? -.infinity : .infinity }
    let q = p - 0.5
    if q.magnitude <= 0.425 { return q * central(0.180625 - q * q) }
    let r = (-Double.log(q < 0 ? p : 1 - p)).squareRoot()
    let tail = r <= 5 ? middle(r - 1.6) : far(r - 5)
    return q < 0 ? -tail : tail
  }

  /// The two-sided critical value: P(|Z| ≤ c) = confidence; 1.96 for 0.95.
  public static func critical(confidence: Double) -> Double {
    precondition(confidence > 0 && confidence < 1)
    return -quantile((1 - confidence) / 2)
  }

  /// Rational approximation, argument 0.180625 − (p − ½)², for |p − ½| ≤ 0.425; the caller multiplies by p − ½.
  private static func central(_ r: Double) -> Double {
    horner(r, centralNumerator) / horner(r, centralDenominator)
  }
  private static let centralNumerator: [Double] = [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987,
    13731.69376550946, 1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ]
  private static let centralDenominator: [Double] = [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597,
    5394.196021424751, 687.1870074920579, 42.31333070160091, 1.0,
  ]

  /// Rational approximation, argument √(−log p) − 1.6 of a tail.
  private static func middle(_ r: Double) -> Double {
    horner(r, middleNumerator) / horner(r, middleDenominator)
  }
  private static let middleNumerator: [Double] = [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ]
  private static let middleDenominator: [Double] = [
    1.0507500716444169e-09, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
    0.6897673349851, 1.6763848301838038, 2.053191626637759, 1.0,
  ]

  /// Rational approximation, argument √(−log p) − 5 of a far tail.
  private static func far(_ r: Double) -> Double {
    horner(r, farNumerator) / horner(r, farDenominator)
  }
  private static let farNumerator: [Double] = [
    2.0103343992922881e-07, 2.7115555687434876e-05, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ]
  private static let farDenominator: [Double] = [
    2.0442631033899397e-15, 1.421511758316446e-07, 1.8463183175100548e-05, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1.0,
  ]

  private static func horner(_ r: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * r + $1 }
  }
}

// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The two pieces from which Loader builds probabilities of counts without cancellation.
///
/// log k! = (k + ½) log k − k + ½ log 2π + correction(k), and k log(k/m) − k + m is half the
/// deviance of a Poisson count; neither is a difference of large numbers.
///
/// Source: Loader 2000, "Fast and accurate computation of binomial probabilities".
package enum Stirling {
  /// log Γ(x) − [(x − ½) log x − x + ½ log 2π] for x > 0, to about 1e-15 absolute.
  @inline(__always)
  package static func correction(_ x: Double) -> Double {
    guard x >= 10 else { return smallCorrection(x) }
    let r = 1 / x
    let s = r * r
    let tail = 1 / 1680.0 - s * (1 / 1188.0 - s * (691 / 360360.0))
    return r * (1 / 12.0 - s * (1 / 360.0 - s * (1 / 1260.0 - s * tail)))
  }

  /// The asymptotic series is useless below ten: counts are looked up, other numbers computed.
  private static func smallCorrection(_ x: Double) -> Double {
    let index = Int(x)
    if Double(index) == x, index > 0 { return ofCount[index] }
    return Double.logGamma(x) - ((x - 0.5) * Double.log(x) - x + halfLogTwoPi)
  }

  /// k log(k/m) − k + m for k ≥ 0, m > 0: nonnegative, zero at k = m, accurate around it.
  package static func deviance(_ k: Double, _ m: Double) -> Double {
    deviance(k, m, excess: k - m)
  }

  /// The same where k − m is known better than it can be computed.
  package static func deviance(_ k: Double, _ m: Double, excess: Double) -> Double {
    if k == 0 { return m }
    let ratio = excess / (k + m)
    guard ratio.magnitude < 0.1 else { return k * Double.log(k / m) - excess }
    // log(k/m) = 2 artanh(ratio): the leading terms cancel on paper instead of in the machine.
    let square = ratio * ratio
    var power = 2 * k * ratio
    var sum = excess * ratio
    for odd in stride(from: 3.0, through: 101.0, by: 2.0) {
      power *= square
      let next = sum + power / odd
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// ½ log 2π.
  package static let halfLogTwoPi = 0.918938533204672741780329736406

  /// `correction` of the counts 1 to 9; the entry of 0 is never read.
  private static let ofCount: [Double] = [
    0, 0.08106146679532725821967,
    0.04134069595540929409382, 0.02767792568499833914879,
    0.02079067210376509311152, 0.01664469118982119216319,
    0.01387612882307074799875, 0.01189670994589177009506,
    0.01041126526197209649748, 0.009255462182712732917729,
  ]
}

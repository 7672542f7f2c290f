// SPDX-License-Identifier: Apache-2.0
import RealModule

/// Several comparisons at once, exact where they are independent and safe for any correlation of normal
/// ones.
///
/// Source: Šidák 1967, doi:10.1080/01621459.1967.10482935.
public enum Sidak {
  /// The p-value of one among `count` comparisons, 1 − (1 − p)^count, without losing a small p.
  public static func adjusted(_ pValue: Double, count: Int) -> Double {
    guard count > 1 else { return pValue }
    return min(1, -Double.expMinusOne(Double(count) * Double.log(onePlus: -min(pValue, 1))))
  }

  /// The level of each of `count` intervals that hold at once at `confidence`.
  public static func each(_ confidence: Double, count: Int) -> Double {
    Double.pow(confidence, 1 / Double(count))
  }
}

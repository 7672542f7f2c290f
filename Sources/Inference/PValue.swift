// SPDX-License-Identifier: Apache-2.0

/// What every p-value obeys: it is at most 1 and never 0.
public enum PValue {
  /// The smallest p-value that is ever returned, 1e-300: below it numbers lose their digits.
  public static let smallest = 1e-300

  /// The two-sided p-value P(|Z| ≥ |z|) of a standard normal statistic.
  public static func twoSided(_ z: Double) -> Double {
    bounded(2 * Normal.cumulative(-z.magnitude))
  }

  /// A computed probability without what rounding and underflow did to it.
  static func bounded(_ probability: Double) -> Double {
    min(1, max(smallest, probability))
  }
}

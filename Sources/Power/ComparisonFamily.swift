// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// How many comparisons the promise about errors is to hold for at once.
///
/// Power then is that of one comparison, at the critical value of the family.
public enum ComparisonFamily: Sendable, Equatable {
  /// The one of two groups.
  case single
  /// Every group with every other, of so many groups: Tukey's q/√2.
  case pairs(groups: Int)
  /// Every group with the reference, of so many groups including it: Dunnett's.
  case reference(groups: Int)

  /// The groups are taken to be of one size and the reference `allocation` times as large.
  public func critical(confidence: Double, allocation: Double = 1) -> Double {
    precondition(confidence > 0 && confidence < 1 && allocation > 0)
    switch self {
    case .pairs(let groups) where groups > 2:
      return StudentizedRange.quantile(confidence, groups: groups) / 2.0.squareRoot()
    case .reference(let groups) where groups > 2:
      return Self.criticalToReference(
        of: allocation, groups: Array(repeating: 1, count: groups - 1), confidence: confidence)
    default:
      return Normal.critical(confidence: confidence)
    }
  }

  /// Dunnett's value of a reference and at least one group, all of which vary alike, by their sizes.
  public static func criticalToReference(
    of reference: Double, groups: [Double], confidence: Double
  ) -> Double {
    Dunnett.criticalValue(
      confidence: confidence, referenceVariance: 1 / reference, variances: groups.map { 1 / $0 })
  }

  /// How many comparisons there are.
  public var count: Int {
    switch self {
    case .single: 1
    case .pairs(let groups): groups * (groups - 1) / 2
    case .reference(let groups): groups - 1
    }
  }
}

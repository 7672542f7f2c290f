// SPDX-License-Identifier: Apache-2.0

/// A slice that SliceLine found.
public struct ScoredSlice: Sendable, Equatable, Comparable {
  public let slice: Slice
  /// SliceLine's score; positive.
  public let score: Double
  /// Its rows, with their multiplicities.
  public let size: Int
  /// The sum of their errors.
  public let errorSum: Double
  /// The greatest of their errors.
  public let maximumError: Double

  /// errorSum / size.
  public var meanError: Double { errorSum / Double(size) }

  /// The higher score first, then the larger slice, then the more general, then by predicates.
  ///
  /// Scores that agree to ten digits are ties, so that rounding does not settle what is equal.
  public static func < (left: Self, right: Self) -> Bool {
    (right.rank, right.size, left.slice) < (left.rank, left.size, right.slice)
  }

  /// The score rounded to a multiple of 2⁻³³, coarser above 2.
  var rank: Double {
    let unit = Double(sign: .plus, exponent: max(0, Int(score.exponent)) - 33, significand: 1)
    return (score / unit).rounded() * unit
  }
}

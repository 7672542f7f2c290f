// SPDX-License-Identifier: Apache-2.0

/// SliceLine's score of a slice, and how high it can still be for any part of it.
///
/// score = α ((e/s)/ē − 1) − (1 − α)(n/s − 1), with s rows of the slice and e the sum of their errors, n
/// rows and ē the mean error of the table. It weighs how much worse the slice is against how small it
/// is; it is 0 for the whole table and for nothing else of interest, so that only positive scores count.
///
/// Source: Sagadeeva & Boehm 2021, doi:10.1145/3448016.3457323, definition 1 and equation 3. Their
/// bound is a function of the number of rows n; implementations that put the number of one-hot columns
/// in its place prune slices that belong to the answer.
public struct SliceLineScore: Sendable {
  /// The weight of the errors against that of the size, in (0, 1].
  public let alpha: Double
  /// n.
  public let total: Int
  /// ē; positive.
  public let meanError: Double

  public init(alpha: Double, total: Int, meanError: Double) {
    precondition(alpha > 0 && alpha <= 1 && total > 0 && meanError > 0)
    self.alpha = alpha
    self.total = total
    self.meanError = meanError
  }

  /// The score of a slice of `size` > 0 rows.
  public func score(size: Int, errorSum: Double) -> Double {
    value(Double(size), errorSum)
  }

  /// The highest score of any slice of at least `minimum` rows that is part of slices of at most
  /// `size` rows, of an error sum of at most `errorSum` and no error above `maximum`.
  ///
  /// t rows have an error sum of at most min(t·maximum, errorSum). The score of that rises with t up to
  /// t = errorSum/maximum and is monotone from there on: its maximum lies at `minimum`, there or
  /// at `size`. −∞ when `size` < `minimum`.
  public func bound(size: Int, errorSum: Double, maximum: Double, minimum: Int) -> Double {
    if size < minimum { return -.infinity }
    let (least, most) = (Double(minimum), Double(size))
    let turn = maximum > 0 ? min(max(errorSum / maximum, least), most) : least
    return max(
      value(least, min(least * maximum, errorSum)), value(turn, min(turn * maximum, errorSum)),
      value(most, min(most * maximum, errorSum)))
  }

  private func value(_ size: Double, _ errorSum: Double) -> Double {
    alpha * (errorSum / size / meanError - 1) - (1 - alpha) * (Double(total) / size - 1)
  }
}

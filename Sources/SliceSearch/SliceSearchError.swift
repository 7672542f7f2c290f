// SPDX-License-Identifier: Apache-2.0

/// Why a search, a family or an estimate cannot be made.
public enum SliceSearchError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no column.
  case noFeatures
  /// There is no row of positive multiplicity.
  case noRows
  /// More rows than 32 bits count.
  case tooManyRows
  /// Something given by row has another number of rows.
  case lengthMismatch(expected: Int, found: Int)
  /// A code is neither −1 nor one of its column's values.
  case codeOutOfRange(feature: Int, row: Int)
  /// A row occurs a negative number of times.
  case negativeMultiplicity(row: Int)
  /// An error is negative, above `SliceErrors.largest` or not a number.
  case invalidError(row: Int)
  /// A setting lies outside what it can be.
  case invalidSetting(String)
  /// More slices have the minimum support than a family may have.
  case familyTooLarge(limit: Int)

  public var description: String {
    switch self {
    case .noFeatures: "a slice search needs a column"
    case .noRows: "a slice search needs a row"
    case .tooManyRows: "there are more than \(Int32.max) rows"
    case .lengthMismatch(let expected, let found): "\(found) rows instead of \(expected)"
    case .codeOutOfRange(let feature, let row):
      "feature \(feature) has a code outside its values in row \(row)"
    case .negativeMultiplicity(let row): "row \(row) has a negative multiplicity"
    case .invalidError(let row):
      "the error of row \(row) does not lie between 0 and \(SliceErrors.largest)"
    case .invalidSetting(let rule): rule
    case .familyTooLarge(let limit):
      "more than \(limit) slices have the minimum support: raise it or search less deep"
    }
  }
}

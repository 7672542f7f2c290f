// SPDX-License-Identifier: Apache-2.0

/// How wrong the model is on each row: 0 or 1, or a loss.
public struct SliceErrors: Sendable, Equatable {
  /// By row; from 0 to `largest`.
  public let values: [Double]
  /// Whether every error is 0 or 1.
  public let isBinary: Bool

  /// The largest error that can be: its square still fits a number, many times over.
  public static let largest = 1e140

  /// - Parameter values: by row; from 0 to `largest`.
  /// - Throws: `SliceSearchError.invalidError` otherwise.
  public init(_ values: [Double]) throws(SliceSearchError) {
    if let row = values.firstIndex(where: { !($0 >= 0 && $0 <= Self.largest) }) {
      throw .invalidError(row: row)
    }
    self.values = values
    isBinary = values.allSatisfy { $0 == 0 || $0 == 1 }
  }

  /// Errors that are 0 or 1.
  public init(_ values: [Bool]) {
    self.values = values.map { $0 ? 1 : 0 }
    isBinary = true
  }
}

// SPDX-License-Identifier: Apache-2.0

/// A column of finite numbers; `.nan` is missing, ±infinity never occurs.
public struct NumberColumn: Sendable, Equatable {
  public let name: String
  public let values: [Double]

  /// A column from an array, in which NaN is missing; throws for an infinite value.
  public init(name: String, values: [Double]) throws(DataError) {
    if let row = values.firstIndex(where: { $0.isInfinite }) {
      throw DataError(
        problem: "not a finite number (element \(row))", column: name, value: "\(values[row])",
        remedy: "Use NaN for a missing value.")
    }
    self.init(name: name, finite: values)
  }

  /// Takes values that are known to be finite or NaN.
  init(name: String, finite values: [Double]) {
    self.name = name
    self.values = values
  }

  /// Equal names and rows; a missing value equals a missing value.
  public static func == (a: NumberColumn, b: NumberColumn) -> Bool {
    a.name == b.name && a.values.count == b.values.count
      && zip(a.values, b.values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }
}

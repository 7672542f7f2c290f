// SPDX-License-Identifier: Apache-2.0

/// One encoded column: which of its values every row has.
public struct SliceFeature: Sendable, Equatable {
  /// What the column is called.
  public let name: String
  /// The names of the values, by code.
  public let values: [String]
  /// By row: a place in `values`, or −1 where the value is missing.
  public let codes: [Int32]

  /// - Parameters:
  ///   - name: what the column is called.
  ///   - values: the names of the values, by code.
  ///   - codes: by row a place in `values`, or −1 where the value is missing.
  public init(name: String, values: [String], codes: [Int32]) {
    self.name = name
    self.values = values
    self.codes = codes
  }
}

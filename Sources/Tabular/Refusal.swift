// SPDX-License-Identifier: Apache-2.0

/// A field that does not fit its column.
struct Refusal: Error {
  /// Row in the block.
  var row: Int
  var problem: String
  var value: String
  var remedy: String

  static func nested(_ field: Field, row: Int, in bytes: Span<UInt8>) -> Refusal {
    Refusal(
      row: row, problem: "an object or array, not a single value",
      value: text(bytes.extracting(field.start..<field.end)),
      remedy: "Flatten the records before.")
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandTabular
import Testing

/// An input that holds `text`, named table.csv.
func input(_ text: String) -> InputFile { input(Array(text.utf8)) }

func input(_ bytes: [UInt8]) -> InputFile { InputFile(name: "table.csv", bytes: bytes) }

/// Requests of the categories `categories` and the numbers `numbers`.
func requests(_ categories: [String], numbers: [String] = []) -> [ColumnRequest] {
  categories.map { ColumnRequest(name: $0, kind: .category, role: "attribute") }
    + numbers.map { ColumnRequest(name: $0, kind: .number, role: "score") }
}

/// The column's values row by row.
func rows(_ column: CategoryColumn) -> [String?] {
  column.codes.map { $0 < 0 ? nil : column.values[Int($0)] }
}

/// A category column of `text`, row by row.
func categories(
  _ text: String, _ name: String, reader: TableReader = TableReader()
) throws -> [String?] {
  rows(try reader.read(input(text), columns: requests([name])).category(name))
}

/// A deterministic source of random numbers (SplitMix64), so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

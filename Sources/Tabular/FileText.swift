// SPDX-License-Identifier: Apache-2.0

/// The part of a file's bytes that is its text: after a byte order mark, before the last line ends.
struct FileText {
  let start: Int
  let end: Int

  /// `bytes` are known to be UTF-8.
  init(_ bytes: Span<UInt8>) throws(DataError) {
    let hasMark = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    start = hasMark ? 3 : 0
    var end = bytes.count
    while end > start && bytes[end - 1] == UInt8(ascii: "\n") {
      end -= 1
      if end > start && bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    }
    self.end = end
    guard start < end else {
      throw DataError(
        problem: bytes.isEmpty ? "the file is empty" : "the file holds nothing but line ends",
        remedy: "Give a CSV file with a header, or one JSON object a line.")
    }
  }

  /// By the first byte that is not blank: JSON Lines begin with an object.
  func format(of bytes: Span<UInt8>) throws(DataError) -> TableFormat {
    let first = firstNonBlank(bytes, from: start)
    guard first < end else { return .csv }
    if bytes[first] == UInt8(ascii: "{") { return .jsonLines }
    let second = firstNonBlank(bytes, from: first + 1)
    if bytes[first] == UInt8(ascii: "["), second < end, bytes[second] == UInt8(ascii: "{") {
      throw DataError(
        problem: "this looks like a JSON array, not like JSON Lines",
        remedy: "Write one object a line, for example with jq -c '.[]'.")
    }
    return .csv
  }

  private func firstNonBlank(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var i = start
    while i < end && (bytes[i] == 0x20 || (0x09...0x0D).contains(bytes[i])) { i += 1 }
    return i
  }
}

// SPDX-License-Identifier: Apache-2.0

extension ByteDictionary {
  /// The narrowest kind of the strings numbered `range`, and their numbers in the order that
  /// `CategoryColumn.values` promises.
  /// - Complexity: O(k log k) for k strings.
  func canonicalOrder(of range: Range<Int>) -> (kind: ValueKind, order: [Int]) {
    let kind = self.kind(of: range)
    let isNumeric = kind == .integer || kind == .number
    // Ids such as "user-0001" differ only after what all have in common.
    let skipped = isNumeric ? 0 : commonPrefixLength(of: range)
    var keyed = range.map { index in
      let key = withBytes(of: index) {
        isNumeric ? numericKey($0) : prefixKey($0, skipping: skipped)
      }
      return (key: key, index: index)
    }
    keyed.sort { $0.key != $1.key ? $0.key < $1.key : precedes($0.index, $1.index) }
    return (kind, keyed.map { $0.index })
  }

  /// The narrowest kind that all strings numbered `range` have; `.text` if there is none.
  func kind(of range: Range<Int>) -> ValueKind {
    guard !range.isEmpty else { return .text }
    var readings: ValueReadings = [.boolean, .integer, .number]
    for index in range where !readings.isEmpty {
      readings.formIntersection(withBytes(of: index) { ValueReadings.of($0).readings })
    }
    return readings.kind
  }
}

/// Eight bytes after the first `skipped` as one integer, so that most comparisons need no memory
/// access.
private func prefixKey(_ bytes: Span<UInt8>, skipping skipped: Int) -> UInt64 {
  var key: UInt64 = 0
  for i in skipped..<skipped + 8 { key = key << 8 | (i < bytes.count ? UInt64(bytes[i]) : 0) }
  return key
}

/// The number's bits, changed so that they are in the order of the numbers.
private func numericKey(_ bytes: Span<UInt8>) -> UInt64 {
  guard case .finite(let number) = readDecimal(bytes) else { return .max }
  let bits = (number == 0 ? 0 : number).bitPattern
  return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
}

// SPDX-License-Identifier: Apache-2.0

/// The texts that stand for a missing value, as bytes.
struct MissingTokens: Sendable {
  let tokens: [[UInt8]]
  /// Whether a token is itself a number, such as −999: then tokens come before numbers.
  let hasNumber: Bool

  init(_ texts: Set<String>) {
    tokens = texts.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    hasNumber = tokens.contains {
      if case .finite = readDecimal($0.span) { true } else { false }
    }
  }

  /// Whether `bytes` without ASCII spaces around them are a token: number columns tolerate spaces.
  func contains(trimming bytes: Span<UInt8>) -> Bool {
    var range = 0..<bytes.count
    while let first = range.first, bytes[first] == 0x20 || bytes[first] == 0x09 {
      range.removeFirst()
    }
    while let last = range.last, bytes[last] == 0x20 || bytes[last] == 0x09 { range.removeLast() }
    let start = range.lowerBound
    return tokens.contains { token in
      token.count == range.count && token.indices.allSatisfy { token[$0] == bytes[start + $0] }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The rows of a table in the order of their contents: of the first key, then of the next.
///
/// Keys are packed into words, as many as fit, and sorted by eleven bits at a time.
struct PatternOrder: Sendable {
  /// Rows, in the order of their contents.
  private(set) var rows: [Int32]
  /// By word, by row; the first keys are in the first words, in their highest bits.
  private var words: [(keys: [UInt64], bits: Int)] = []
  private static let digit = 11

  /// - Parameter rows: those that take part.
  init(_ rows: [Int32]) {
    self.rows = rows
  }

  /// Adds a key after those that are there: a number of 0..<count a row.
  mutating func append(count: Int, _ key: (_ row: Int) -> Int) {
    let bits = Int.bitWidth - (count - 1).leadingZeroBitCount
    if words.last.map({ $0.bits + bits > 64 }) ?? true {
      words.append(([UInt64](repeating: 0, count: Int((rows.max() ?? -1) + 1)), 0))
    }
    let last = words.count - 1
    words[last].bits += bits
    for row in rows.lazy.map(Int.init) {
      words[last].keys[row] = words[last].keys[row] << UInt64(bits) | UInt64(key(row))
    }
  }

  /// - Complexity: O(rows × bits / 11).
  mutating func sort() {
    var spare = rows
    for (keys, bits) in words.reversed() {
      for shift in stride(from: 0, to: bits, by: Self.digit) {
        var places = [Int](repeating: 0, count: 1 << Self.digit + 1)
        let mask = UInt64(1) << UInt64(Self.digit) - 1
        for row in rows { places[Int(keys[Int(row)] >> UInt64(shift) & mask) + 1] += 1 }
        for value in 0..<1 << Self.digit { places[value + 1] += places[value] }
        for row in rows {
          let value = Int(keys[Int(row)] >> UInt64(shift) & mask)
          spare[places[value]] = row
          places[value] += 1
        }
        swap(&rows, &spare)
      }
    }
  }

  /// Whether two rows have the same contents.
  func areAlike(_ first: Int32, _ second: Int32) -> Bool {
    words.allSatisfy { $0.keys[Int(first)] == $0.keys[Int(second)] }
  }
}

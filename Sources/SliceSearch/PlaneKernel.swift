// SPDX-License-Identifier: Apache-2.0

/// Counts by the binary digits of the cells' counts: Σ over digits of 2^digit · popcount(bits ∧ digit).
struct PlaneKernel: Sendable {
  private let words: Int
  private let digits: Int
  /// By digit, by word.
  private let counts: [UInt64]
  private let errors: [UInt64]

  init(_ cells: SliceCells, _ errors: CellErrors, digits: Int) {
    words = (cells.count + 63) / 64
    self.digits = digits
    counts = Self.planes(cells.counts, digits, words)
    self.errors = Self.planes(errors.sums, digits, words)
  }

  private static func planes(_ numbers: [Int], _ digits: Int, _ words: Int) -> [UInt64] {
    var planes = [UInt64](repeating: 0, count: digits * words)
    for (cell, number) in numbers.enumerated() {
      for digit in 0..<digits where number >> digit & 1 == 1 {
        planes[digit * words + cell >> 6] |= 1 << UInt64(cell & 63)
      }
    }
    return planes
  }

  func summary(_ bits: [UInt64]) -> SliceSummary {
    var result = SliceSummary()
    let bits = bits.span
    for digit in 0..<digits {
      let range = digit * words..<(digit + 1) * words
      result.size += Self.count(bits, counts.span.extracting(range)) << digit
      result.errorSum += Self.count(bits, errors.span.extracting(range)) << digit
    }
    result.maximum = result.errorSum > 0 ? 1 : 0
    return result
  }

  private static func count(_ bits: Span<UInt64>, _ plane: Span<UInt64>) -> Int {
    var sum = 0
    for word in plane.indices { sum &+= (bits[word] & plane[word]).nonzeroBitCount }
    return sum
  }
}

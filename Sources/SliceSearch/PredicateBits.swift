// SPDX-License-Identifier: Apache-2.0

/// Which cells fulfil which predicate: a bit each, a row of words a predicate.
struct PredicateBits: Sendable {
  /// Words of a predicate.
  let words: Int
  private let bits: [UInt64]

  /// - Parameter predicates: in their order.
  init(_ predicates: [SlicePredicate], in cells: SliceCells) {
    words = (cells.count + 63) / 64
    var bits = [UInt64](repeating: 0, count: predicates.count * words)
    var places = cells.codes.map { _ in [Int32: Int]() }
    for (place, predicate) in predicates.enumerated() {
      places[predicate.feature][Int32(predicate.value)] = place * words
    }
    for (codes, starts) in zip(cells.codes, places) where !starts.isEmpty {
      let table = (0...max(0, codes.max() ?? 0)).map { starts[$0] ?? -1 }
      for (cell, code) in codes.enumerated() where code >= 0 && table[Int(code)] >= 0 {
        bits[table[Int(code)] + cell >> 6] |= 1 << UInt64(cell & 63)
      }
    }
    self.bits = bits
  }

  /// The cells that fulfil all of the predicates, at least one, given by their places.
  func intersect(_ predicates: [Int32], into result: inout [UInt64]) {
    precondition(result.count == words)
    var target = result.mutableSpan
    for (number, place) in predicates.enumerated() {
      let source = bits.span.extracting(Int(place) * words..<(Int(place) + 1) * words)
      if number == 0 {
        for word in source.indices { target[word] = source[word] }
      } else {
        for word in source.indices { target[word] &= source[word] }
      }
    }
  }
}

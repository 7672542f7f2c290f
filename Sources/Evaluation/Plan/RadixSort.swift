// SPDX-License-Identifier: Apache-2.0

/// Stable ordering of rows by 64-bit keys.
package enum RadixSort {
  private static let digitBits: UInt64 = 11
  private static let buckets = 1 << 11
  /// Fewer rows than this are sorted by comparing them.
  private static let fewest = 256
  /// Where the upper three digits begin.
  private static let upperHalf: UInt64 = 33

  /// Reorders `order`, some rows or all, so that their keys ascend; equal keys keep their order.
  ///
  /// - Complexity: three passes at most, a pass for every digit in which keys differ. Keys move with their
  ///   rows, so that all but the first reading and the writing go from front to back. Keys that agree in
  ///   their upper half are put right one stretch at a time, n log n for a stretch of n.
  package static func sort(_ order: inout [UInt32], by keys: [UInt64]) {
    guard order.count > 1 else { return }
    if order.count < fewest {
      order = order.enumerated().sorted {
        (keys[Int($0.element)], $0.offset) < (keys[Int($1.element)], $1.offset)
      }.map(\.element)
      return
    }
    var pairs = order.map { Pair(key: keys[Int($0)], row: $0) }
    var scratch = pairs
    let first = pairs[0].key
    let differing = pairs.reduce(0) { $0 | ($1.key ^ first) }
    // The upper half tells most doubles apart, as those of six decimals between 0 and 1.
    let lowest: UInt64 = differing >> upperHalf == 0 ? 0 : upperHalf
    var shift = lowest
    while shift < 64 {
      // A digit that is the same everywhere orders nothing.
      if digit(differing, shift) != 0 {
        pass(pairs, shift, into: &scratch)
        swap(&pairs, &scratch)
      }
      shift += digitBits
    }
    if lowest > 0 { finish(&pairs) }
    for place in order.indices { order[place] = pairs[place].row }
  }

  /// Orders the stretches of keys that agree in their upper half.
  private static func finish(_ pairs: inout [Pair]) {
    var start = 0
    while start < pairs.count {
      var (end, isOrdered) = (start + 1, true)
      while end < pairs.count, pairs[end].key >> upperHalf == pairs[start].key >> upperHalf {
        if pairs[end].key < pairs[end - 1].key { isOrdered = false }
        end += 1
      }
      if !isOrdered {
        let sorted = pairs[start..<end].enumerated().sorted {
          ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
        }
        pairs.replaceSubrange(start..<end, with: sorted.map(\.element))
      }
      start = end
    }
  }

  private struct Pair {
    var key: UInt64
    var row: UInt32
  }

  private static func pass(_ pairs: [Pair], _ shift: UInt64, into result: inout [Pair]) {
    var starts = Array(repeating: 0, count: buckets)
    for pair in pairs { starts[digit(pair.key, shift)] += 1 }
    var position = 0
    for bucket in 0..<buckets {
      let size = starts[bucket]
      starts[bucket] = position
      position += size
    }
    for pair in pairs {
      let bucket = digit(pair.key, shift)
      result[starts[bucket]] = pair
      starts[bucket] += 1
    }
  }

  private static func digit(_ key: UInt64, _ shift: UInt64) -> Int {
    Int((key >> shift) & UInt64(buckets - 1))
  }

  /// A key that orders doubles by value: −∞ … ∞, then NaN. −0 and 0 are one value.
  package static func key(_ value: Double) -> UInt64 {
    if value.isNaN { return .max }
    let bits = (value == 0 ? 0.0 : value).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
}

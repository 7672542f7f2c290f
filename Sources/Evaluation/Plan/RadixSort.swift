// SPDX-License-Identifier: Apache-2.0

/// Stable ordering of rows by 64-bit keys.
enum RadixSort {
  private static let digitBits: UInt64 = 11
  private static let buckets = 1 << 11

  /// Reorders `order`, some rows or all, so that their keys ascend; equal keys keep their order.
  ///
  /// - Complexity: six passes at most, a pass for every digit in which keys differ.
  static func sort(_ order: inout [UInt32], by keys: [UInt64]) {
    var scratch = order
    var shift: UInt64 = 0
    while shift < 64 {
      var starts = Array(repeating: 0, count: buckets)
      for row in order { starts[digit(keys[Int(row)], shift)] += 1 }
      // A digit that is the same everywhere orders nothing.
      if !starts.contains(order.count) {
        var position = 0
        for bucket in 0..<buckets {
          let size = starts[bucket]
          starts[bucket] = position
          position += size
        }
        for row in order {
          let bucket = digit(keys[Int(row)], shift)
          scratch[starts[bucket]] = row
          starts[bucket] += 1
        }
        swap(&order, &scratch)
      }
      shift += digitBits
    }
  }

  private static func digit(_ key: UInt64, _ shift: UInt64) -> Int {
    Int((key >> shift) & UInt64(buckets - 1))
  }

  /// A key that orders doubles by value: −∞ … ∞, then NaN. −0 and 0 are one value.
  static func key(_ value: Double) -> UInt64 {
    if value.isNaN { return .max }
    let bits = (value == 0 ? 0.0 : value).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }
}

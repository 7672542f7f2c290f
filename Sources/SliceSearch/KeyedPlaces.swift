// SPDX-License-Identifier: Apache-2.0

/// The places of some keys in their list, from 1; 0 for all other keys.
struct KeyedPlaces {
  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]

  /// - Parameters:
  ///   - keys: distinct.
  ///   - bound: all keys asked for are in 0..<bound.
  init(_ keys: [Int], below bound: Int) {
    dense = bound <= KeyedCounts.densest ? [Int32](repeating: 0, count: bound) : []
    for (place, key) in keys.enumerated() {
      if dense.isEmpty { sparse[key] = Int32(place + 1) } else { dense[key] = Int32(place + 1) }
    }
  }

  subscript(key: Int) -> Int32 { dense.isEmpty ? sparse[key] ?? 0 : dense[key] }
}

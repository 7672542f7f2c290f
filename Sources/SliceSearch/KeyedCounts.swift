// SPDX-License-Identifier: Apache-2.0

/// Sums by key: an array where there are few possible keys, a dictionary where there are many.
struct KeyedCounts {
  private var dense: [Int]
  private var sparse: [Int: Int] = [:]
  /// Above this many possible keys most of an array would be empty.
  static let densest = 1 << 20

  /// - Parameter keys: all are in 0..<keys.
  init(keys: Int) {
    dense = keys <= Self.densest ? [Int](repeating: 0, count: keys) : []
  }

  mutating func add(_ count: Int, _ key: Int) {
    if dense.isEmpty { sparse[key, default: 0] += count } else { dense[key] += count }
  }

  /// The keys with a sum of at least `minimum` > 0, ascending.
  func keys(reaching minimum: Int) -> [Int] {
    dense.isEmpty
      ? sparse.filter { $0.value >= minimum }.keys.sorted()
      : dense.indices.filter { dense[$0] >= minimum }
  }
}

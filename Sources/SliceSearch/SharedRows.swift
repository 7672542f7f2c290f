// SPDX-License-Identifier: Apache-2.0

/// How many rows slices have in common.
struct SharedRows: Sendable {
  private let slices: [SliceTest]
  /// By slice: the places of its predicates.
  private let predicates: [[Int32]]
  private let bits: PredicateBits
  private let counts: [Int]

  init(_ slices: [SliceTest], _ family: EnumeratedFamily) {
    let used = Set(slices.flatMap(\.slice.predicates)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(used, Int32(0)...))
    self.slices = slices
    predicates = slices.map { $0.slice.predicates.compactMap { places[$0] } }
    bits = PredicateBits(used, in: family.cells)
    counts = family.cells.counts
  }

  /// Jaccard's index, the common rows among those of either slice; `nil` when it is below `least`.
  func overlap(_ first: Int, _ second: Int, atLeast least: Double) -> Double? {
    let (one, other) = (slices[first], slices[second])
    let (small, large) = (min(one.size, other.size), max(one.size, other.size))
    guard Double(small) >= least * Double(large) else { return nil }
    let common: Int
    if one.slice.isMoreGeneral(than: other.slice) || other.slice.isMoreGeneral(than: one.slice) {
      common = small
    } else if Set(one.slice.predicates + other.slice.predicates).count
      != Set((one.slice.predicates + other.slice.predicates).map(\.feature)).count
    {
      common = 0
    } else {
      common = rows(Set(predicates[first] + predicates[second]).sorted())
    }
    let index = Double(common) / Double(small + large - common)
    return index >= least ? index : nil
  }

  private func rows(_ predicates: [Int32]) -> Int {
    var buffer = [UInt64](repeating: 0, count: bits.words)
    bits.intersect(predicates, into: &buffer)
    var sum = 0
    for (place, word) in buffer.enumerated() {
      var rest = word
      while rest != 0 {
        sum += counts[place << 6 + rest.trailingZeroBitCount]
        rest &= rest &- 1
      }
    }
    return sum
  }
}

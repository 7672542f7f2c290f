// SPDX-License-Identifier: Apache-2.0

/// The values that occur in some slices, numbered by feature; all others are one more value, 0.
struct SliceValues: Sendable {
  /// The sets of features that slices have, each ascending; the largest first.
  let sets: [[Int]]
  /// By feature: how many values there are, with 0.
  let widths: [Int]
  /// By feature, by cell.
  let ranks: [[Int32]]
  /// By feature: from value to rank.
  private let rankOfValue: [[Int: Int32]]
  /// By set: its slices and their places.
  private let members: [[Int]: [(slice: Slice, place: Int)]]
  private let sliceCount: Int

  init(_ slices: [Slice], in cells: SliceCells) {
    var used = cells.codes.map { _ in Set<Int>() }
    for predicate in slices.lazy.flatMap(\.predicates) {
      used[predicate.feature].insert(predicate.value)
    }
    let rankOfValue = used.map { values in
      Dictionary(uniqueKeysWithValues: zip(values.sorted(), Int32(1)...))
    }
    widths = used.map { $0.count + 1 }
    ranks = zip(cells.codes, rankOfValue).map { codes, ranks in
      let table = (0...max(0, codes.max() ?? 0)).map { ranks[Int($0)] ?? 0 }
      return codes.map { $0 < 0 ? 0 : table[Int($0)] }
    }
    self.rankOfValue = rankOfValue
    members = Dictionary(grouping: slices.enumerated().map { ($0.element, $0.offset) }) {
      $0.0.predicates.map(\.feature)
    }
    sets = members.keys.sorted {
      $0.count == $1.count ? $0.lexicographicallyPrecedes($1) : $0.count > $1.count
    }
    sliceCount = slices.count
  }

  /// By cell: its entry in the table of some features, the last one fastest.
  func entries(_ features: [Int], _ cellCount: Int) -> [Int32] {
    var entries = [Int32](repeating: 0, count: cellCount)
    for feature in features {
      let width = Int32(widths[feature])
      for cell in 0..<cellCount { entries[cell] = entries[cell] * width + ranks[feature][cell] }
    }
    return entries
  }

  /// By feature, by entry of such a table: the rank of its value; nothing for other features.
  func digits(_ features: [Int], _ size: Int) -> [[Int32]] {
    var digits = [[Int32]](repeating: [], count: widths.count)
    var stride = size
    for feature in features {
      let width = widths[feature]
      stride /= width
      digits[feature] = (0..<size).map { Int32($0 / stride % width) }
    }
    return digits
  }

  /// By entry: the place of the slice on this set of features that it is part of, or the number of
  /// slices for none.
  ///
  /// - Parameter ranks: by feature, by entry.
  func targets(_ set: [Int], _ ranks: [[Int32]], _ entryCount: Int) -> [Int32] {
    let slices = members[set] ?? []
    // The slices' first predicates are numbered, then their first two, …: all of them in the end.
    var prefixes = [Int](repeating: 1, count: slices.count)
    var entries = [Int32](repeating: 1, count: entryCount)
    var prefixCount = 1
    for (depth, feature) in set.enumerated() {
      let width = widths[feature]
      let keys = zip(slices, prefixes).map { member, prefix in
        prefix * width + Int(rankOfValue[feature][member.slice.predicates[depth].value] ?? 0)
      }
      let distinct = Set(keys).sorted()
      let places = KeyedPlaces(distinct, below: (prefixCount + 1) * width)
      prefixes = keys.map { Int(places[$0]) }
      let ranks = ranks[feature]
      for entry in 0..<entryCount {
        let rank = Int(ranks[entry])
        entries[entry] =
          rank == 0 || entries[entry] == 0 ? 0 : places[Int(entries[entry]) * width + rank]
      }
      prefixCount = distinct.count
    }
    var place = [Int32](repeating: Int32(sliceCount), count: prefixCount + 1)
    for (member, prefix) in zip(slices, prefixes) { place[prefix] = Int32(member.place) }
    return entries.map { place[Int($0)] }
  }
}

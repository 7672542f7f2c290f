// SPDX-License-Identifier: Apache-2.0

/// All slices up to a depth that have the minimum support, whatever the errors.
struct SliceEnumeration {
  private let cells: SliceCells
  private let depth: Int
  private let minimum: Int
  private let limit: Int
  private(set) var slices: [Slice] = []
  /// By feature, by cell: the rank of its value among the frequent ones, from 1; 0 when it is not.
  private var ranks: [[Int32]] = []
  /// By feature: the frequent values, ascending.
  private var frequent: [[Int]] = []

  /// - Complexity: O(cells) for every set of features that some slice of that depth less one has.
  init(_ cells: SliceCells, depth: Int, minimum: Int, limit: Int) throws(SliceSearchError) {
    self.cells = cells
    self.depth = depth
    self.minimum = minimum
    self.limit = limit
    for codes in cells.codes {
      var counts = [Int](repeating: 0, count: Int((codes.max() ?? -1) + 1))
      for (cell, code) in codes.enumerated() where code >= 0 {
        counts[Int(code)] += cells.counts[cell]
      }
      let values = counts.indices.filter { counts[$0] >= minimum }
      var rank = [Int32](repeating: 0, count: counts.count)
      for (place, value) in values.enumerated() { rank[value] = Int32(place + 1) }
      frequent.append(values)
      ranks.append(codes.map { $0 < 0 ? 0 : rank[Int($0)] })
    }
    try extend([[]], [Int32](repeating: 1, count: cells.count), from: 0)
    slices.sort()
  }

  /// Adds one predicate, on a feature from `first` on, to slices that share their features.
  ///
  /// - Parameter index: by cell the place of its slice, from 1; 0 when it is in none.
  private mutating func extend(
    _ parents: [[SlicePredicate]], _ index: [Int32], from first: Int
  ) throws(SliceSearchError) {
    for feature in ranks.indices.dropFirst(first) where !frequent[feature].isEmpty {
      var counts = KeyedCounts(keys: (parents.count + 1) * (frequent[feature].count + 1))
      let width = frequent[feature].count + 1
      for cell in 0..<cells.count where index[cell] > 0 && ranks[feature][cell] > 0 {
        counts.add(cells.counts[cell], Int(index[cell]) * width + Int(ranks[feature][cell]))
      }
      let keys = counts.keys(reaching: minimum)
      if keys.isEmpty { continue }
      let children = keys.map { key in
        parents[key / width - 1]
          + [SlicePredicate(feature: feature, value: frequent[feature][key % width - 1])]
      }
      if slices.count + children.count > limit { throw .familyTooLarge(limit: limit) }
      slices += children.map { Slice($0) }
      guard children.first.map({ $0.count < depth }) == true else { continue }
      let places = KeyedPlaces(keys, below: (parents.count + 1) * width)
      let deeper = (0..<cells.count).map { cell in
        places[Int(index[cell]) * width + Int(ranks[feature][cell])]
      }
      try extend(children, deeper, from: feature + 1)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Slices that share no row: a context by itself, or the members of a grouping.
struct SlicePartition: Sendable {
  var slices: [Int]
  /// For every cell, the place of its slice among `slices`; −1 for cells in none.
  var placeOfCell: [Int32]
  /// How many attributes make a slice: none of a context.
  var depth: Int
}

extension SliceTable {
  /// All slices, in order: contexts one by one, then groupings.
  var partitions: [SlicePartition] {
    let ofContexts = Set(contexts).sorted().map { context in
      var inside = Array(repeating: Int32(-1), count: cellCount)
      for cell in cells[context] { inside[Int(cell)] = 0 }
      return SlicePartition(slices: [context], placeOfCell: inside, depth: 0)
    }
    return ofContexts
      + groupings.map {
        SlicePartition(
          slices: $0.members, placeOfCell: $0.memberOfCell, depth: $0.attributes.count)
      }
  }
}

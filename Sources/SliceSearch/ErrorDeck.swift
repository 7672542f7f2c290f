// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// The errors of a table, to be dealt anew among its rows, within every stratum.
///
/// Three ways, the same distribution: errors of 0 or 1 are dealt to the cells as counts when there are
/// few cells, else row by row, the rarer of the two kinds; other errors are shuffled.
struct ErrorDeck: Sendable {
  /// By stratum.
  let strata: [ErrorStratum]
  private let kind: Kind
  private let cellCounts: [Int]
  /// By row of the expanded table: its cell; empty when rows are dealt as counts.
  private let cellOfUnit: [Int32]

  private enum Kind: Sendable {
    case counts
    /// Whether it is the rows without an error that are dealt.
    case marks(inverted: Bool)
    case values
  }

  init(_ errors: CellErrors, of table: SliceFeatures, in cells: SliceCells) {
    strata = ErrorStratum.all(errors, of: table, in: cells)
    cellCounts = cells.counts
    let marked = strata.reduce(0) { $0 + $1.sum }
    let rare = min(marked, table.total - marked)
    // A list of all rows is also too long when each cell stands for many.
    let isCrowded = cells.count * 4 <= max(rare, table.total / 16)
    kind = !errors.isBinary ? .values : isCrowded ? .counts : .marks(inverted: marked > rare)
    if case .counts = kind {
      cellOfUnit = []
    } else {
      cellOfUnit = cells.counts.enumerated().flatMap { cell, count in
        repeatElement(Int32(cell), count: count)
      }
    }
  }

  /// What one thread needs to deal and to add up.
  struct Workspace {
    fileprivate var cells: [Int]
    fileprivate var places: [Int] = []
    fileprivate var marks: [Int32] = []
    fileprivate var taken: [UInt64]
    fileprivate var values: [Int] = []
    fileprivate var block: [Int]
  }

  func workspace(_ rollUp: SliceRollUp) -> Workspace {
    let units = strata.map(\.size).max() ?? 0
    return Workspace(
      cells: [Int](repeating: 0, count: cellCounts.count),
      taken: [UInt64](repeating: 0, count: units / 64 + 1), block: rollUp.workspace)
  }

  /// Deals, and adds up by slice: errors in quanta.
  ///
  /// - Parameter sizes: by slice.
  func deal(
    _ stream: inout RandomStream, _ rollUp: SliceRollUp, sizes: [Int], into sums: inout [Int],
    _ work: inout Workspace
  ) {
    switch kind {
    case .counts:
      dealCounts(&stream, &work.places, into: &work.cells)
      rollUp.add(work.cells, into: &sums, &work.block)
    case .values:
      shuffle(&stream, &work.values, into: &work.cells)
      rollUp.add(work.cells, into: &sums, &work.block)
    case .marks(let inverted):
      dealMarks(&stream, inverted: inverted, &work.taken, into: &work.marks)
      rollUp.add(marks: work.marks, into: &sums, &work.block)
      if inverted {
        for (slice, size) in sizes.enumerated() { sums[slice] = size - sums[slice] }
      }
    }
  }

  private func dealCounts(
    _ stream: inout RandomStream, _ places: inout [Int], into cells: inout [Int]
  ) {
    for cell in cells.indices { cells[cell] = 0 }
    for stratum in strata {
      places.removeAll(keepingCapacity: true)
      places.append(contentsOf: cellCounts[stratum.cells])
      Hypergeometric.deal(stratum.sum, into: &places, using: &stream) { group, count in
        cells[stratum.cells.lowerBound + group] = count
      }
    }
  }

  /// Draws the rows of each stratum that have an error, or that have none: their cells, ascending.
  ///
  /// Source: Floyd's algorithm, in Bentley & Floyd 1987, doi:10.1145/30401.315746.
  private func dealMarks(
    _ stream: inout RandomStream, inverted: Bool, _ taken: inout [UInt64], into marks: inout [Int32]
  ) {
    marks.removeAll(keepingCapacity: true)
    for stratum in strata {
      let draws = inverted ? stratum.size - stratum.sum : stratum.sum
      for last in stratum.size - draws..<stratum.size {
        var unit = Self.below(last + 1, &stream)
        if taken[unit >> 6] >> UInt64(unit & 63) & 1 == 1 { unit = last }
        taken[unit >> 6] |= 1 << UInt64(unit & 63)
      }
      for place in 0...stratum.size >> 6 {
        var rest = taken[place]
        taken[place] = 0
        while rest != 0 {
          marks.append(cellOfUnit[stratum.start + place << 6 + rest.trailingZeroBitCount])
          rest &= rest &- 1
        }
      }
    }
  }

  /// Fisher and Yates' shuffle of the errors of each stratum: their sums by cell.
  private func shuffle(
    _ stream: inout RandomStream, _ values: inout [Int], into cells: inout [Int]
  ) {
    var cells = cells.mutableSpan
    for cell in cells.indices { cells[cell] = 0 }
    for stratum in strata {
      values.removeAll(keepingCapacity: true)
      values.append(contentsOf: stratum.values)
      var left = values.mutableSpan
      let units = cellOfUnit.span.extracting(stratum.start..<stratum.start + stratum.size)
      for place in (0..<stratum.size).reversed() {
        let chosen = Self.below(place + 1, &stream)
        cells[Int(units[place])] &+= left[chosen]
        left[chosen] = left[place]
      }
    }
  }

  /// A random number of 0..<bound.
  @inline(__always)
  private static func below(_ bound: Int, _ stream: inout RandomStream) -> Int {
    Int(stream.next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}

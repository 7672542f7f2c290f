// SPDX-License-Identifier: Apache-2.0

/// Adds the cells up one after the other.
struct CellKernel: Sendable {
  private struct Cell: Sendable {
    var count: Int
    var errorSum: Int
    var maximum: Int
  }
  private let cells: [Cell]

  init(_ cells: SliceCells, _ errors: CellErrors) {
    self.cells = cells.counts.indices.map { cell in
      Cell(
        count: cells.counts[cell], errorSum: errors.sums[cell], maximum: errors.maxima[cell])
    }
  }

  func summary(_ bits: [UInt64]) -> SliceSummary {
    var result = SliceSummary()
    let cells = cells.span
    for (place, word) in bits.enumerated() where word != 0 {
      var rest = word
      while rest != 0 {
        let cell = cells[place << 6 + rest.trailingZeroBitCount]
        rest &= rest &- 1
        result.size &+= cell.count
        result.errorSum &+= cell.errorSum
        result.maximum = max(result.maximum, cell.maximum)
      }
    }
    return result
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Summaries of sets of cells that are given by their bits.
enum SummaryKernel: Sendable {
  case planes(PlaneKernel)
  case cells(CellKernel)

  /// Planes when errors are 0 or 1 and few rows are alike, else cell by cell.
  init(_ cells: SliceCells, _ errors: CellErrors) {
    let digits = Int.bitWidth - (cells.counts.max() ?? 0).leadingZeroBitCount
    if errors.isBinary && digits <= 4 {
      self = .planes(PlaneKernel(cells, errors, digits: digits))
    } else {
      self = .cells(CellKernel(cells, errors))
    }
  }

  func summary(_ bits: [UInt64]) -> SliceSummary {
    switch self {
    case .planes(let kernel): kernel.summary(bits)
    case .cells(let kernel): kernel.summary(bits)
    }
  }
}

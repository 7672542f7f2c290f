// SPDX-License-Identifier: Apache-2.0

/// The mean and the standard deviation of a slice's error sum when errors are permuted.
///
/// Within a stratum of n rows whose errors have the mean ē, s rows of which are in the slice, the sum
/// has the mean sē and the variance s(n − s)/(n(n − 1)) · Σ(e − ē)², that of a sample without replacement;
/// for errors of 0 or 1 it is hypergeometric. Strata are independent. The standardised sum is also
/// the standardised mean, and the standardised difference from the rest or from all rows.
struct SliceStandards: Sendable {
  /// By slice: its rows, with their multiplicities.
  private(set) var sizes: [Int]
  /// By slice, in quanta.
  private var means: [Double]
  /// By slice: 1 over the standard deviation; 0 when permuting changes nothing.
  private var scales: [Double]

  init(_ rollUp: SliceRollUp, _ strata: [ErrorStratum], _ cells: SliceCells) {
    sizes = [Int](repeating: 0, count: rollUp.count)
    means = [Double](repeating: 0, count: rollUp.count)
    scales = means
    var counts = [Int](repeating: 0, count: cells.count)
    var (sums, workspace) = (rollUp.sums, rollUp.workspace)
    for stratum in strata {
      for cell in stratum.cells { counts[cell] = cells.counts[cell] }
      rollUp.add(counts, into: &sums, &workspace)
      for cell in stratum.cells { counts[cell] = 0 }
      let (total, mean) = (Double(stratum.size), Double(stratum.sum) / Double(stratum.size))
      let variance = stratum.size > 1 ? stratum.squares / (total * (total - 1)) : 0
      for slice in sizes.indices where sums[slice] > 0 {
        sizes[slice] += sums[slice]
        means[slice] += Double(sums[slice]) * mean
        scales[slice] += Double(sums[slice]) * Double(stratum.size - sums[slice]) * variance
      }
    }
    scales = scales.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
  }

  /// z of a slice with this error sum, in quanta; 0 when permuting changes nothing.
  func statistic(_ slice: Int, errorSum: Int) -> Double {
    (Double(errorSum) - means[slice]) * scales[slice]
  }
}

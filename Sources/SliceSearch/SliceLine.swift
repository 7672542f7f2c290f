// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

/// The k slices with the highest SliceLine scores among all conjunctions of predicates, exactly.
///
/// Level by level: a slice is looked at when all its parents (one predicate fewer) are promising and the
/// bound that they give it reaches the k-th score so far; a slice is promising when it has the minimum
/// support and its own bound reaches that score. Bounds hold for all parts of a slice, so that
/// nothing that belongs to the answer is lost. Slices are looked at in the order of their bounds, in
/// batches of constant size: the result does not depend on the threads.
///
/// What is found was selected for its errors: its score and mean error are too high on average. Judge
/// it by `EnumeratedFamily`, or estimate it anew by `HoldoutEstimate`.
///
/// Source: Sagadeeva & Boehm 2021, doi:10.1145/3448016.3457323.
public struct SliceLine: Sendable {
  private let alpha: Double
  private let k: Int
  private let minimumSupport: Int?
  private let maximumDepth: Int
  private let parallel: Parallel

  /// - Parameters:
  ///   - alpha: the weight of the errors against that of the size, in (0, 1].
  ///   - k: how many slices are wanted.
  ///   - minimumSupport: rows a slice needs; by default the larger of 32 and 1 % of all.
  ///   - maximumDepth: predicates a slice may have.
  ///   - threads: by default as many as there are processors.
  /// - Throws: `SliceSearchError.invalidSetting`.
  public init(
    alpha: Double = 0.95, k: Int = 4, minimumSupport: Int? = nil, maximumDepth: Int = 3,
    threads: Int? = nil
  ) throws(SliceSearchError) {
    guard alpha > 0 && alpha <= 1 else { throw .invalidSetting("alpha lies in (0, 1]") }
    guard k > 0 else { throw .invalidSetting("k is at least 1") }
    guard maximumDepth > 0 else { throw .invalidSetting("a depth is at least 1") }
    try MinimumSupport.check(minimumSupport)
    self.alpha = alpha
    self.k = k
    self.minimumSupport = minimumSupport
    self.maximumDepth = maximumDepth
    parallel = Parallel(threads: threads)
  }

  /// The highest positive scores; none when there are no errors.
  ///
  /// - Throws: `SliceSearchError.lengthMismatch` when there are not as many errors as rows.
  /// - Complexity: O(rows × features) to prepare; O(rows × depth / 64) words a slice looked at when the
  ///   errors are 0 or 1 and most rows are distinct, else O(its distinct rows).
  public func search(
    _ table: SliceFeatures, _ errors: SliceErrors
  ) throws(SliceSearchError) -> SliceLineResult {
    let cells = try SliceCells(table)
    let cellErrors = try CellErrors(errors, of: table, in: cells)
    let meanError = Double(cellErrors.total) / Double(table.total) * cellErrors.quantum
    let minimum = MinimumSupport.rows(minimumSupport, of: table.total)
    var search = SliceLineSearch(
      cells: cells, errors: cellErrors, minimum: minimum, top: TopSlices(k: k),
      score: meanError > 0
        ? SliceLineScore(alpha: alpha, total: table.total, meanError: meanError) : nil)
    search.run(maximumDepth: maximumDepth, parallel)
    return SliceLineResult(
      slices: search.top.slices, total: table.total, meanError: meanError, minimumSupport: minimum,
      evaluated: search.evaluated)
  }
}

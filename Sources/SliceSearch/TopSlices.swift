// SPDX-License-Identifier: Apache-2.0

/// The k highest positive scores so far.
struct TopSlices: Sendable {
  private let k: Int
  private(set) var slices: [ScoredSlice] = []

  init(k: Int) {
    self.k = k
  }

  /// Below this bound no slice can enter any more.
  ///
  /// A bound that equals the k-th score is not below it: ties are settled by the order of the slices,
  /// not by the order of the search. The slack is larger than what makes scores tie.
  var cutoff: Double {
    guard slices.count == k, let last = slices.last else { return 0 }
    return last.score - 1e-9 * (1 + last.score)
  }

  mutating func insert(_ slice: ScoredSlice) {
    guard slice.rank > 0 else { return }
    if slices.count == k, let last = slices.last, !(slice < last) { return }
    slices.insert(slice, at: slices.firstIndex { slice < $0 } ?? slices.count)
    if slices.count > k { slices.removeLast() }
  }
}

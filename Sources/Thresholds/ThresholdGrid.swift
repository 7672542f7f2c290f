// SPDX-License-Identifier: Apache-2.0

/// The thresholds at which a sweep looks, in ascending order. A row is selected when its score is
/// at least the threshold.
public struct ThresholdGrid: Sendable, Equatable {
  public let thresholds: [Double]

  /// - Parameter thresholds: at least one; finite and strictly ascending.
  package init(_ thresholds: [Double]) {
    precondition(!thresholds.isEmpty, "a grid has a threshold")
    precondition(thresholds.allSatisfy(\.isFinite), "a threshold is a number")
    precondition(zip(thresholds, thresholds.dropFirst()).allSatisfy(<), "thresholds ascend")
    self.thresholds = thresholds
  }

  /// How many thresholds are at most the score: a row of bucket j is selected at the first j of
  /// them.
  ///
  /// - Complexity: O(log T).
  package func bucket(of score: Double) -> Int {
    var (low, high) = (0, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] <= score { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

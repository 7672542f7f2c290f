// SPDX-License-Identifier: Apache-2.0

/// A correction of p-values for the number of hypotheses tested with them.
///
/// Rejecting the hypotheses whose adjusted p-value is at most α controls the method's error rate
/// at α. Adjusted p-values keep the order of the input, are at least the p-value and at most 1,
/// and are equal where the p-values are.
///
/// - Complexity: O(m log m) for m p-values.
public protocol PValueAdjustment: Sendable {
  /// The adjusted p-values in the order of `pValues`, all of which lie in [0, 1].
  func adjusted(_ pValues: [Double]) -> [Double]
}

extension PValueAdjustment {
  /// Step-up: from the largest p-value down, the least of p(j) · factor(j) so far, at most 1.
  func stepUp(_ pValues: [Double], factor: (_ rank: Int) -> Double) -> [Double] {
    var result = pValues
    var least = 1.0
    for (rank, place) in Self.ascending(pValues).reversed() {
      least = min(least, pValues[place] * factor(rank))
      result[place] = least
    }
    return result
  }

  /// Step-down: from the smallest p-value up, the greatest of p(j) · factor(j) so far, at most 1.
  func stepDown(_ pValues: [Double], factor: (_ rank: Int) -> Double) -> [Double] {
    var result = pValues
    var greatest = 0.0
    for (rank, place) in Self.ascending(pValues) {
      greatest = min(1, max(greatest, pValues[place] * factor(rank)))
      result[place] = greatest
    }
    return result
  }

  /// The 1-based ranks with the places of the p-values.
  private static func ascending(_ pValues: [Double]) -> [(rank: Int, place: Int)] {
    precondition(pValues.allSatisfy { $0 >= 0 && $0 <= 1 }, "a p-value lies in [0, 1]")
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    return order.enumerated().map { ($0.offset + 1, $0.element) }
  }
}

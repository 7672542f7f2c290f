// SPDX-License-Identifier: Apache-2.0

/// The element that would stand at a place if values were sorted, without sorting them.
enum Selection {
  /// The `rank`-th smallest value, 1-based; values hold no NaN.
  static func smallest(_ rank: Int, of values: [Double]) -> Double {
    var values = values
    return smallest(rank, in: &values)
  }

  /// The same with the values reordered in place, which makes the next selection cheaper.
  ///
  /// - Complexity: O(n) on average (Hoare's selection, median of three).
  static func smallest(_ rank: Int, in values: inout [Double]) -> Double {
    precondition(rank >= 1 && rank <= values.count, "there is no such rank")
    var (low, high) = (0, values.count - 1)
    let place = rank - 1
    while low < high {
      let pivot = medianOfThree(values[low], values[(low + high) / 2], values[high])
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        break
      }
    }
    return values[place]
  }

  private static func medianOfThree(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}

/// The `rank`-th smallest value, 1-based, in linear time; values hold no NaN.
public func smallest(_ rank: Int, of values: [Double]) -> Double {
  Selection.smallest(rank, of: values)
}

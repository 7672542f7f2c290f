// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Which counts of the reference put an interval's limit beyond a value, for each count of the group.
struct CountPairs {
  let group: Int
  let reference: Int
  /// The counts of the group.
  let counts: ClosedRange<Int>
  let interval: (Proportion, Proportion) -> Interval

  /// The lower limit is above the value for all counts of the reference before this one.
  func above(_ value: Double) -> [Int] {
    ends { $0.low > value }
  }

  /// The upper limit is below the value for this count of the reference and all after it.
  func below(_ value: Double) -> [Int] {
    ends { !($0.high < value) }
  }

  /// For each count of the group the first of the reference at which the condition fails; it never
  /// falls, since limits rise with the one count and fall with the other.
  private func ends(while holds: (Interval) -> Bool) -> [Int] {
    func isPast(_ count: Int, _ other: Int) -> Bool {
      guard other <= reference else { return true }
      let own = Proportion(successes: Double(count), trials: Double(group))
      return !holds(
        interval(own, Proportion(successes: Double(other), trials: Double(reference))))
    }
    let first = Search.first(in: 0...(reference + 1)) { isPast(counts.lowerBound, $0) }
    var end = first ?? 0
    return counts.map { count in
      while !isPast(count, end) { end += 1 }
      return end
    }
  }
}

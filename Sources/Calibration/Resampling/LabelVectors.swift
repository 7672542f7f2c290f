// SPDX-License-Identifier: Apache-2.0

/// Label vectors of one sample, observed or drawn, by their positives: which entries have some, and
/// what these weigh.
///
/// Most rows of most tables are negative. What depends on scores alone is worked out beforehand, so
/// that a statistic needs to visit the positives only.
public struct LabelVectors: Sendable {
  /// Of one vector after another; ascending in each. Positives of an entry may come one by one.
  public private(set) var entries: [Int32] = []
  /// Weight of these positives.
  public private(set) var masses: [Double] = []
  private var starts = [0]

  /// Room for some vectors of so many positives each.
  init(vectors: Int, positives: Int) {
    entries.reserveCapacity(vectors * positives)
    masses.reserveCapacity(vectors * positives)
  }

  /// One vector from the weight of the positives of every entry.
  public init(positives: [Double]) {
    for (entry, mass) in positives.enumerated() where mass != 0 {
      entries.append(Int32(entry))
      masses.append(mass)
    }
    starts.append(entries.count)
  }

  /// Vectors.
  public var count: Int { starts.count - 1 }

  /// Where a vector's positives are listed.
  public func places(_ vector: Int) -> Range<Int> { starts[vector]..<starts[vector + 1] }

  /// Adds positives to the last vector: of some of a list of rows, their entries and weights.
  mutating func add(_ rows: ArraySlice<Int32>, _ targets: [Int32], _ weights: [Double]) {
    for row in rows {
      entries.append(targets[Int(row)])
      masses.append(weights[Int(row)])
    }
  }

  /// Adds positives of one entry to the last vector.
  mutating func add(entry: Int32, mass: Double) {
    entries.append(entry)
    masses.append(mass)
  }

  /// Completes the last vector.
  mutating func endVector() { starts.append(entries.count) }

  /// The first place, among some, of a positive of `entry` or later: a bisection without branches.
  func place(of entry: Int, in places: Range<Int>) -> Int {
    let entries = entries.span
    var (low, count) = (places.lowerBound, places.count)
    while count > 0 {
      let half = (count + 1) / 2
      low += entries[low + half - 1] < Int32(truncatingIfNeeded: entry) ? half : 0
      count -= half
    }
    return low
  }
}

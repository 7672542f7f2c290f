// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// The largest |z| of a multicalibration family for labels drawn as if every score were right.
///
/// Labels are drawn once a replicate for every cell and bin and summed into groups, so that groups which
/// share rows share their labels.
public struct LabelReplicates: Sendable {
  /// A region of the family: its place, and what its sum of labels is compared with.
  private struct Member: Sendable {
    var group: Int
    var bin: Int
    var expected: Double
    var deviation: Double
  }

  private let members: [Member]
  private let groups: [[Int]]
  private let bins: Int
  private let cellCount: Int
  /// Sums of labels that are drawn from tables, and the places of cell and bin that they go to.
  private var tables = CountTables()
  private var tablePlaces: [Int] = []
  /// The others.
  private var sums: [(place: Int, sum: LabelSum)] = []

  public init(_ calibration: Multicalibration) {
    groups = calibration.groups
    bins = calibration.edges.count
    cellCount = calibration.tallies.count / bins
    members = calibration.regions().filter { $0.excluded == nil }.map {
      Member(group: $0.group, bin: $0.bin, expected: $0.expected, deviation: $0.deviation)
    }
    for (place, tally) in calibration.tallies.enumerated() where tally.rows > 0 {
      let sum = LabelSum(tally)
      if let count = sum.count {
        tables.append(first: count.first, masses: count.masses)
        tablePlaces.append(place)
      } else {
        sums.append((place, sum))
      }
    }
  }

  /// The largest |z| of each of some replicates, in order.
  ///
  /// A replicate has a stream of its own: any split of the replicates into ranges gives the same
  /// numbers. 0 where the family is empty.
  public func maxima(_ replicates: Range<Int>, seed: UInt64, family: UInt32) -> [Double] {
    var drawn = Array(repeating: 0.0, count: cellCount * bins)
    var positives = Array(repeating: 0.0, count: groups.count * bins)
    var counts = Array(repeating: Int32(0), count: tables.count)
    var words = tables.words()
    return replicates.map { replicate in
      var stream = RandomStream(seed: seed, family: family, replicate: UInt32(replicate))
      tables.sample(using: &stream, &words, into: &counts)
      for (place, count) in zip(tablePlaces, counts) { drawn[place] = Double(count) }
      for (place, sum) in sums { drawn[place] = sum.draw(&stream) }
      rollUp(drawn, into: &positives)
      var largest = 0.0
      for member in members {
        let sum = positives[member.group * bins + member.bin]
        largest = max(largest, abs(sum - member.expected) / member.deviation)
      }
      return largest
    }
  }

  private func rollUp(_ drawn: [Double], into positives: inout [Double]) {
    for (group, cells) in groups.enumerated() {
      for bin in 0..<bins { positives[group * bins + bin] = 0 }
      for cell in cells {
        for bin in 0..<bins { positives[group * bins + bin] += drawn[cell * bins + bin] }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandSampling

/// Rows in clusters, to be dealt anew among groups.
///
/// Where every cluster lies in one group, clusters change groups as a whole and groups keep their number
/// of clusters. Otherwise the rows of a cluster change groups among themselves, and groups keep their
/// number of rows in every cluster.
struct ClusterDeck: Sendable {
  /// A distinct row: what one unit adds to the sums, and how many units it is.
  private struct Row: Sendable {
    var sums: SIMD8<Double>
    var units: Int
  }

  /// What the rows of one cluster and group add up to.
  struct Part: Sendable {
    var cluster: Int
    var group: Int
    var sums: SIMD8<Double>
  }

  let groupCount: Int
  private(set) var isNested = true
  private(set) var observed: [Part] = []
  private var rows: [Row] = []
  /// By cluster: where its rows and its slots begin; one more behind the last.
  private var starts: [(row: Int, slot: Int)] = []
  /// The groups of all units, cluster by cluster; of all clusters, where they are nested.
  private var slots: [Int32] = []
  private let family: UInt32
  private let seed: UInt64

  /// - Parameters:
  ///   - groups: slices.
  ///   - sums: what one unit of a row adds; `nil` for rows that do not take part.
  init(
    _ context: PermutationContext, kind: UInt8, groups slices: [Int],
    _ sums: (_ row: Int) -> SIMD8<Double>?
  ) {
    groupCount = slices.count
    seed = context.seed
    family = context.family(kind)
    let source = context.plan.rows
    let groupOfCell = context.groupOfCell(slices)
    var order = Array(UInt32(0)..<UInt32(source.count))
    RadixSort.sort(&order, by: source.clusters.map { UInt64($0) })
    var last = Int32(-1)
    for row in order.lazy.map(Int.init) {
      let group = groupOfCell[Int(source.cells[row])]
      guard group >= 0, let own = sums(row) else { continue }
      if source.clusters[row] != last {
        last = source.clusters[row]
        starts.append((rows.count, slots.count))
      }
      add(Row(sums: own, units: Int(source.multiplicities[row])), Int(group))
    }
    starts.append((rows.count, slots.count))
    // Where clusters are dealt, a slot is a cluster.
    if isNested { slots = observed.map { Int32($0.group) } }
  }

  private mutating func add(_ row: Row, _ group: Int) {
    rows.append(row)
    slots += repeatElement(Int32(group), count: row.units)
    let cluster = starts.count - 1
    let sums = row.sums * Double(row.units)
    let own = observed.lastIndex { $0.cluster != cluster }.map { $0 + 1 } ?? 0
    if let known = observed[own...].firstIndex(where: { $0.group == group }) {
      observed[known].sums += sums
    } else {
      if own < observed.count { isNested = false }
      observed.append(Part(cluster: cluster, group: group, sums: sums))
    }
  }

  var clusterCount: Int { starts.count - 1 }

  /// Writes one permutation; `slots` is scratch.
  func deal(_ permutation: Int, into parts: inout [Part], _ slots: inout [Int32]) {
    var stream = RandomStream(seed: seed, family: family, replicate: UInt32(permutation))
    slots = self.slots
    if isNested {
      parts = observed
      Self.shuffle(0..<slots.count, of: &slots, &stream)
      for place in slots.indices { parts[place].group = Int(slots[place]) }
      return
    }
    parts.removeAll(keepingCapacity: true)
    var sums = Array(repeating: SIMD8<Double>(), count: groupCount)
    var units = Array(repeating: 0, count: groupCount)
    for cluster in 0..<clusterCount {
      let (start, end) = (starts[cluster], starts[cluster + 1])
      Self.shuffle(start.slot..<end.slot, of: &slots, &stream)
      var slot = start.slot
      for row in rows[start.row..<end.row] {
        for _ in 0..<row.units {
          sums[Int(slots[slot])] += row.sums
          units[Int(slots[slot])] += 1
          slot += 1
        }
      }
      for group in 0..<groupCount where units[group] > 0 {
        parts.append(Part(cluster: cluster, group: group, sums: sums[group]))
        sums[group] = SIMD8()
        units[group] = 0
      }
    }
  }

  /// Fisher and Yates' shuffle of some places.
  private static func shuffle(
    _ places: Range<Int>, of slots: inout [Int32], _ stream: inout RandomStream
  ) {
    for place in places.dropFirst().reversed() {
      let choices = UInt64(place - places.lowerBound + 1)
      let chosen = places.lowerBound + Int(stream.next().multipliedFullWidth(by: choices).high)
      slots.swapAt(place, chosen)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Where the draws of distinct rows are kept: each row has a slot of one byte a replicate, and as many
/// more as its draws may need.
///
/// A row's draws are held to `most(multiplicity:)`, which a Poisson number exceeds with a probability
/// under 1e-20.
struct RankSlots: Sendable {
  /// Bytes are added without carrying, up to this.
  static let most = 255
  /// By row, and at last how many slots there are.
  let starts: [UInt32]
  /// By slot: the row that it belongs to.
  let rows: [UInt32]
  /// By slot: what its draws cannot exceed.
  let capacities: [UInt8]

  var count: Int { rows.count }

  /// - Parameter isFree: whether rows that stand for one are drawn at most 8 times, as `UnitPoisson` does.
  init(_ multiplicities: [Double], isFree: Bool) {
    var starts: [UInt32] = [0]
    var rows: [UInt32] = []
    var capacities: [UInt8] = []
    starts.reserveCapacity(multiplicities.count + 1)
    rows.reserveCapacity(multiplicities.count)
    capacities.reserveCapacity(multiplicities.count)
    for (row, multiplicity) in multiplicities.enumerated() {
      var rest = isFree && multiplicity == 1 ? 8 : Self.most(multiplicity: multiplicity)
      while rest > 0 {
        rows.append(UInt32(row))
        capacities.append(UInt8(min(rest, Self.most)))
        rest -= Self.most
      }
      starts.append(UInt32(rows.count))
    }
    (self.starts, self.rows, self.capacities) = (starts, rows, capacities)
  }

  /// How often a row that stands for several is drawn at most.
  static func most(multiplicity: Double) -> Int {
    Int(multiplicity + 12 * multiplicity.squareRoot() + 24)
  }

  /// Sets what a row is drawn in a replicate.
  func write(_ count: Int, row: Int, replicate: Int, into draws: inout [RankLanes.Draws]) {
    var rest = count
    for slot in Int(starts[row])..<Int(starts[row + 1]) {
      let own = min(rest, Int(capacities[slot]))
      RankLanes.set(&draws[slot], replicate, to: UInt32(own))
      rest -= own
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import EvenhandSliceSearch

/// Distinct rows in an order that depends on their content alone, with how often they occur among the
/// searched rows and among the held-out ones.
///
/// Rows are put together before they are split, so that a counted table is split as its expansion.
struct SearchTable: Sendable {
  /// The searched rows, and the same rows again for the held-out ones.
  let searched: SliceFeatures
  /// All of them.
  let all: SliceFeatures
  /// By row of these tables.
  let isHeldOut: [Bool]
  /// By row: 0 or 1, a loss, or score − label.
  let errors: [Double]
  let heldOut: Int

  init(_ rows: SearchRows, _ request: SliceRequest) throws {
    let (representatives, counts) = Self.collapse(rows)
    guard !representatives.isEmpty else { throw SliceSearchError.noRows }
    var held = counts.map { _ in 0 }
    switch request.holdout {
    case nil: break
    case .rows:
      held = zip(representatives, counts).map { rows.isHeldOut[$0] ? $1 : 0 }
    case .share(let share):
      var stream = RandomStream(seed: request.seed, family: StreamFamily.sliceHoldout, replicate: 0)
      held = counts.map { Binomial.sample(trials: $0, probability: share, using: &stream) }
    }
    let kept = zip(counts, held).map { $0 - $1 }
    // Without held-out rows there is nothing to have twice.
    let copies = request.holdout == nil ? 1 : 2
    func copied<Value>(_ values: [Value]) -> [Value] { copies == 1 ? values : values + values }
    let features = zip(rows.columns, rows.codes).map { column, codes in
      SliceFeature(
        name: column.name, values: column.values, codes: copied(representatives.map { codes[$0] }))
    }
    let none = copies == 1 ? [] : counts.map { _ in 0 }
    searched = try SliceFeatures(features, multiplicities: kept + none)
    all = try SliceFeatures(features, multiplicities: kept + (copies == 1 ? [] : held))
    isHeldOut = counts.map { _ in false } + none.map { _ in true }
    errors = copied(representatives.map { rows.errors[$0] })
    heldOut = held.reduce(0, +)
  }

  /// One row of each kind, and how many there are of it.
  private static func collapse(_ rows: SearchRows) -> (rows: [Int], counts: [Int]) {
    var order = rows.errors.indices.filter {
      !rows.errors[$0].isNaN && rows.multiplicities[$0] > 0
    }.map { UInt32($0) }
    if order.isEmpty { return ([], []) }
    let errorKeys = rows.errors.map(RadixSort.key)
    func sort(_ key: (Int) -> UInt64) {
      let keys = order.map { key(Int($0)) }
      var places = Array(UInt32(0)..<UInt32(order.count))
      RadixSort.sort(&places, by: keys)
      order = places.map { order[Int($0)] }
    }
    sort { errorKeys[$0] }
    sort { rows.isHeldOut[$0] ? 1 : 0 }
    for codes in rows.codes.reversed() { sort { UInt64(codes[$0] + 1) } }
    var (representatives, counts) = ([Int(order[0])], [0])
    for row in order.lazy.map(Int.init) {
      let last = representatives[representatives.count - 1]
      let isAlike =
        errorKeys[row] == errorKeys[last] && rows.isHeldOut[row] == rows.isHeldOut[last]
        && rows.codes.allSatisfy { $0[row] == $0[last] }
      if !isAlike {
        representatives.append(row)
        counts.append(0)
      }
      counts[counts.count - 1] += rows.multiplicities[row]
    }
    return (representatives, counts)
  }
}

extension StreamFamily {
  /// Which rows are held out of a slice search.
  static let sliceHoldout: UInt32 = 1 << 22

  /// The permutations of a slice search; those of its general slices follow.
  static func slices(search: Int) -> UInt32 { 1 << 20 + UInt32(search) << 16 }
}

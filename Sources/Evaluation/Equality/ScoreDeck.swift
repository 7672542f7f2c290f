// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// Rows with scores in the order of their scores, to be dealt anew among groups.
///
/// Equal rows are one card of several units, so that a counted table and its expansion are the same
/// deck. Cards of a pool share its places: groups keep their number of rows in every pool.
struct ScoreDeck: Sendable {
  struct Card: Sendable {
    var score: Double
    var label: Bool?
    var pool: Int
    var units: Int
  }

  /// Which rows take part, and which of them change places.
  enum Pools {
    /// Rows with a score.
    case scored
    /// Rows with a score and a label.
    case labelled
    /// The same, positives and negatives by themselves.
    case classes
  }

  /// Which group gets how many units of each card, cards in their order.
  struct Deal: Sendable {
    var groups: [Int32] = []
    var units: [Double] = []
    /// By card: where its entries end.
    var ends: [Int] = []

    mutating func clear() {
      groups.removeAll(keepingCapacity: true)
      units.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
    }
  }

  /// A card with as many units a group is dealt as a whole.
  private static let manyUnits = 8

  private(set) var cards: [Card] = []
  /// Behind the last card of each score.
  private(set) var scoreEnds: [Int] = []
  let groupCount: Int
  private(set) var observed = Deal()
  /// By pool and group.
  private var places: [Int] = []
  private let family: UInt32
  private let seed: UInt64

  /// - Parameter groups: slices.
  init(_ context: PermutationContext, _ pools: Pools, groups slices: [Int]) {
    let rows = context.plan.rows
    let scores = rows.scores[context.model]
    groupCount = slices.count
    seed = context.seed
    // Deals of counts are known by their cells; there is no set of none.
    family = context.family(pools == .classes ? 255 : 0)
    let groupOfCell = context.groupOfCell(slices)
    var order = Array(UInt32(0)..<UInt32(rows.count))
    func pool(_ row: Int) -> Int {
      let stratum = context.plan.slices.strata[Int(rows.cells[row])]
      return pools == .classes ? 2 * stratum + (rows.labels[row] == 1 ? 1 : 0) : stratum
    }
    // Within a score by pool and label, so that equal cards meet.
    let kinds = rows.labels.indices.map { UInt64(pool($0)) << 2 | UInt64(rows.labels[$0]) }
    RadixSort.sort(&order, by: kinds)
    RadixSort.sort(&order, by: scores.map(RadixSort.key))
    for row in order.lazy.map(Int.init) {
      let group = groupOfCell[Int(rows.cells[row])]
      guard group >= 0, !scores[row].isNaN, pools == .scored || rows.label(row) != nil else {
        continue
      }
      add(
        Card(
          score: scores[row], label: rows.label(row), pool: pool(row),
          units: Int(rows.multiplicities[row])),
        group: group)
    }
    observed.ends.append(observed.groups.count)
    scoreEnds.append(cards.count)
  }

  private mutating func add(_ card: Card, group: Int32) {
    if let last = cards.last, last.score == card.score, last.label == card.label,
      last.pool == card.pool
    {
      cards[cards.count - 1].units += card.units
    } else {
      if let last = cards.last {
        observed.ends.append(observed.groups.count)
        if last.score != card.score { scoreEnds.append(cards.count) }
      }
      cards.append(card)
    }
    observed.groups.append(group)
    observed.units.append(Double(card.units))
    let missing = (card.pool + 1) * groupCount - places.count
    if missing > 0 { places += Array(repeating: 0, count: missing) }
    places[card.pool * groupCount + Int(group)] += card.units
  }

  /// Writes one permutation.
  ///
  /// - Complexity: units, and cards × groups for cards of many units.
  func deal(_ permutation: Int, into result: inout Deal) {
    var stream = RandomStream(seed: seed, family: family, replicate: UInt32(permutation))
    var places = places
    var whole = dealWhole(&places, &stream)[...]
    // A slot for every place that is left, pool after pool; those dealt move behind `ends`.
    var slots: [Int32] = []
    var starts: [Int] = []
    var ends: [Int] = []
    for pool in 0..<(places.count / groupCount) {
      starts.append(slots.count)
      for group in 0..<groupCount {
        slots += repeatElement(Int32(group), count: places[pool * groupCount + group])
      }
      ends.append(slots.count)
    }
    result.clear()
    for card in cards {
      if isWhole(card) {
        for (group, units) in whole.removeFirst().enumerated() where units > 0 {
          result.groups.append(Int32(group))
          result.units.append(Double(units))
        }
      } else {
        for _ in 0..<card.units {
          let left = UInt64(ends[card.pool] - starts[card.pool])
          let chosen = starts[card.pool] + Int(stream.next().multipliedFullWidth(by: left).high)
          ends[card.pool] -= 1
          result.groups.append(slots[chosen])
          result.units.append(1)
          slots[chosen] = slots[ends[card.pool]]
        }
      }
      result.ends.append(result.groups.count)
    }
  }

  private func isWhole(_ card: Card) -> Bool { card.units >= Self.manyUnits * groupCount }

  /// Deals the cards of many units, one draw a group; returns their units by group.
  private func dealWhole(_ places: inout [Int], _ stream: inout RandomStream) -> [[Int]] {
    cards.filter(isWhole).map { card in
      let pool = (card.pool * groupCount)..<((card.pool + 1) * groupCount)
      var own = Array(places[pool])
      var dealt = Array(repeating: 0, count: groupCount)
      Hypergeometric.deal(card.units, into: &own, using: &stream) { dealt[$0] = $1 }
      places.replaceSubrange(pool, with: own)
      return dealt
    }
  }
}

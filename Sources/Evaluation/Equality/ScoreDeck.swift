// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// Rows with scores in the order of their scores, to be dealt anew among groups.
///
/// Equal rows are one card of several units, so that a counted table and its expansion are the same
/// deck. Cards of a pool share its places: groups keep their number of rows in every pool.
///
/// Of more than `mergedFrom` distinct scores, neighbours are merged into some `mergedInto` of equal rows,
/// each their mean: the test is of the merged scores, as exact as any permutation test, and their cards
/// are dealt as a whole.
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

  private static let mergedFrom = 20_000
  private static let mergedInto = 128

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
    groupCount = slices.count
    seed = context.seed
    // Deals of counts are known by their cells; there is no set of none.
    family = context.family(pools == .classes ? 255 : 0)
    let groupOfCell = context.groupOfCell(slices)
    func pool(_ row: Int) -> Int {
      let stratum = context.plan.slices.strata[Int(rows.cells[row])]
      return pools == .classes ? 2 * stratum + (rows.labels[row] == 1 ? 1 : 0) : stratum
    }
    var scores = rows.scores[context.model]
    var order =
      rows.cells.indices.lazy.filter { row in
        groupOfCell[Int(rows.cells[row])] >= 0 && !scores[row].isNaN
          && (pools == .scored || rows.label(row) != nil)
      }.map { UInt32($0) } as [UInt32]
    RadixSort.sort(&order, by: scores.map(RadixSort.key))
    Self.merge(&scores, order, rows.multiplicities)
    // Within a score by pool and label, so that equal cards meet.
    let kinds = rows.labels.indices.map { UInt64(pool($0)) << 2 | UInt64(rows.labels[$0]) }
    RadixSort.sort(&order, by: kinds)
    RadixSort.sort(&order, by: scores.map(RadixSort.key))
    for row in order.lazy.map(Int.init) {
      add(
        Card(
          score: scores[row], label: rows.label(row), pool: pool(row),
          units: Int(rows.multiplicities[row])),
        group: groupOfCell[Int(rows.cells[row])])
    }
    observed.ends.append(observed.groups.count)
    scoreEnds.append(cards.count)
  }

  /// Replaces the scores of some rows, in ascending order, by means of neighbours where they are many.
  private static func merge(_ scores: inout [Double], _ order: [UInt32], _ units: [Double]) {
    let distinct = zip(order, order.dropFirst()).count { scores[Int($0)] != scores[Int($1)] } + 1
    guard distinct > mergedFrom else { return }
    let total = order.reduce(0) { $0 + units[Int($1)] }
    var (start, before, sum, count) = (0, 0.0, 0.0, 0.0)
    for (place, row) in order.lazy.map(Int.init).enumerated() {
      sum += units[row] * scores[row]
      count += units[row]
      let next = place + 1 < order.count ? Int(order[place + 1]) : nil
      if let next, scores[next] == scores[row] { continue }
      let wanted = total * (1 + (before * Double(mergedInto) / total).rounded(.down))
      guard next == nil || (before + count) * Double(mergedInto) >= wanted else { continue }
      // Rounding must not take a mean out of its neighbours.
      let mean = min(scores[row], max(scores[Int(order[start])], sum / count))
      for merged in order[start...place] { scores[Int(merged)] = mean }
      (start, before, sum, count) = (place + 1, before + count, 0, 0)
    }
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

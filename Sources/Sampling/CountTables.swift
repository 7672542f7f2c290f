// SPDX-License-Identifier: Apache-2.0

/// Independent whole numbers with given probabilities, drawn again and again: one of every table at
/// 32 random bits, whatever its distribution.
///
/// Walker's alias method: a number of a table is its own with some probability, else another one that it
/// stands in for. The bits' first ones choose the number, the 24 behind decide. Probabilities are thus
/// those given to 2⁻²⁴ of a number's share of the table: to 2⁻³² with 256 numbers.
///
/// Sources: Walker 1977, doi:10.1145/355744.355749; Vose 1991, doi:10.1109/32.92917 (the tables).
public struct CountTables: Sendable {
  /// The most numbers that a table can have.
  public static let most = 256

  /// By table: its first number, where its entries begin, and how many bits choose one of them.
  private var firsts: [Int32] = []
  private var starts: [UInt32] = []
  private var widths: [UInt32] = []
  /// The 24 bits below which a number is its own, then 8 of the place of the other.
  private var entries: [UInt32] = []

  public init() {}

  /// Tables.
  public var count: Int { firsts.count }

  /// Adds a table of the numbers from `first` on, with probabilities in proportion to `masses`.
  ///
  /// - Complexity: O(masses).
  public mutating func append(first: Int, masses: [Double]) {
    precondition(!masses.isEmpty && masses.count <= Self.most, "1 to 256 numbers make a table")
    let total = masses.reduce(0, +)
    precondition(total > 0 && total.isFinite, "probabilities must have a sum")
    var bits = 0
    while 1 << bits < masses.count { bits += 1 }
    let size = 1 << bits
    firsts.append(Int32(first))
    starts.append(UInt32(entries.count))
    widths.append(UInt32(bits))
    // What a number has of the share that each place has.
    var shares = masses.map { $0 / total * Double(size) }
    shares += Array(repeating: 0, count: size - masses.count)
    var own = Array(repeating: 1.0, count: size)
    var others = Array(0..<size)
    var small = shares.indices.filter { shares[$0] < 1 }
    var large = shares.indices.filter { shares[$0] >= 1 }
    while let less = small.popLast(), let more = large.last {
      (own[less], others[less]) = (shares[less], more)
      shares[more] -= 1 - shares[less]
      if shares[more] < 1 { small.append(large.removeLast()) }
    }
    for (place, other) in zip(own, others) {
      let threshold = min((place * 0x1p24).rounded(), 0xFF_FFFF)
      entries.append(UInt32(threshold) << 8 | UInt32(other))
    }
  }

  /// Room for what `sample` works with.
  public struct Words: Sendable {
    fileprivate var words: [UInt64]
  }

  /// Room for drawing from these tables.
  public func words() -> Words { Words(words: Array(repeating: 0, count: (count + 1) / 2)) }

  /// Draws a number from every table.
  ///
  /// - Parameter results: one place a table.
  public func sample(
    using stream: inout RandomStream, _ room: inout Words, into results: inout [Int32]
  ) {
    precondition(results.count == count && room.words.count == (count + 1) / 2)
    stream.fill(&room.words)
    let (words, entries) = (room.words.span, entries.span)
    let (firsts, starts, widths) = (firsts.span, starts.span, widths.span)
    var results = results.mutableSpan
    for table in firsts.indices {
      let word = words[table >> 1] &>> UInt64(truncatingIfNeeded: 32 &* (table & 1))
      let bits = UInt64(truncatingIfNeeded: UInt32(truncatingIfNeeded: word))
      // The bits that choose are above the lowest 32 now, the rest below.
      let chosen = bits &<< UInt64(truncatingIfNeeded: widths[table])
      let place = UInt32(truncatingIfNeeded: chosen &>> 32)
      let rest = UInt32(truncatingIfNeeded: chosen) &>> 8
      let entry = entries[Int(starts[table] &+ place)]
      let number = rest < entry &>> 8 ? place : entry & 0xFF
      results[table] = firsts[table] &+ Int32(truncatingIfNeeded: number)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The draws of a tile's rows, replicate after replicate, on their way to slots.
struct PackedDraws {
  /// Four rows a word.
  var words: [UInt32]
  private let width: Int

  init(rows: Int) {
    // A line more than is needed: replicates a power of two apart would contend for the cache.
    width = (rows + 3) / 4 + 16
    words = Array(repeating: 0, count: width * RankLanes.count)
  }

  /// Where the words of a replicate begin.
  func start(of replicate: Int) -> Int { replicate * width }

  /// Turns words of four rows of a replicate into words of four replicates of a row, and puts these into
  /// the rows' slots.
  func write(_ rows: Range<Int>, _ slots: RankSlots, into draws: inout [RankLanes.Draws]) {
    let words = self.words.span
    let starts = slots.starts.span
    var draws = draws.mutableSpan
    for first in stride(from: 0, to: rows.count, by: 4) {
      let place = first / 4
      let (a, b) = (every(words, place, 4 * width), every(words, place + width, 4 * width))
      let c = every(words, place + 2 * width, 4 * width)
      let d = every(words, place + 3 * width, 4 * width)
      let even = (a & 0x00FF_00FF) | (b & 0x00FF_00FF) &<< 8
      let odd = (a &>> 8 & 0x00FF_00FF) | (b & 0xFF00_FF00)
      let evenAbove = (c & 0x00FF_00FF) | (d & 0x00FF_00FF) &<< 8
      let oddAbove = (c &>> 8 & 0x00FF_00FF) | (d & 0xFF00_FF00)
      let row = rows.lowerBound + first
      draws[Int(starts[row])] = (even & 0xFFFF) | evenAbove &<< 16
      if first + 1 < rows.count {
        draws[Int(starts[row + 1])] = (odd & 0xFFFF) | oddAbove &<< 16
      }
      if first + 2 < rows.count {
        draws[Int(starts[row + 2])] = even &>> 16 | (evenAbove & 0xFFFF_0000)
      }
      if first + 3 < rows.count {
        draws[Int(starts[row + 3])] = odd &>> 16 | (oddAbove & 0xFFFF_0000)
      }
    }
  }

  /// Sixteen words that lie `step` apart; written out, so that they go straight into registers.
  @inline(__always)
  private func every(_ words: borrowing Span<UInt32>, _ start: Int, _ step: Int) -> RankLanes.Draws
  {
    RankLanes.Draws(
      words[start], words[start + step], words[start + 2 * step], words[start + 3 * step],
      words[start + 4 * step], words[start + 5 * step], words[start + 6 * step],
      words[start + 7 * step], words[start + 8 * step], words[start + 9 * step],
      words[start + 10 * step], words[start + 11 * step], words[start + 12 * step],
      words[start + 13 * step], words[start + 14 * step], words[start + 15 * step])
  }
}

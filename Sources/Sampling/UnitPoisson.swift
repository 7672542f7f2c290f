// SPDX-License-Identifier: Apache-2.0
internal import CEvenhandLanes

/// Counts of mean 1 for many rows at once: how often each row is drawn in a bootstrap replicate.
///
/// 16 random bits make a count: the 65,536 values are shared out among the counts 0 to 8 such that mean
/// and variance are exactly 1 and the third moment is that of the Poisson distribution to 1e-5; every
/// probability is Poisson's to 1.6e-4.
public struct UnitPoisson: Sendable {
  /// What 16 bits have to reach for each count, from 1 on; C takes exactly eight.
  private static let thresholds: [UInt16] = [
    24113, 48212, 60274, 64294, 65297, 65497, 65530, 65535,
  ]

  private var words: [UInt64] = []
  private var bytes: [UInt32] = []

  public init() {}

  /// Writes a count into each of the places.
  ///
  /// Every call begins with new random words: the numbers depend on the stream and on how many counts
  /// each call asks for.
  public mutating func fill(
    _ counts: inout [Float], _ places: Range<Int>, using stream: inout RandomStream
  ) {
    precondition(places.lowerBound >= 0 && places.upperBound <= counts.count)
    let needed = (places.count + 3) / 4
    if bytes.count < needed { bytes = Array(repeating: 0, count: needed) }
    var packed: [UInt32] = []
    swap(&packed, &bytes)
    fill(words: &packed, from: 0, places: places.count, using: &stream)
    swap(&packed, &bytes)
    Self.write(bytes, from: 0, to: &counts, places)
  }

  /// Writes counts that are kept as bytes, four a word from `start` on, as numbers into the places.
  public static func write(
    _ words: [UInt32], from start: Int, to counts: inout [Float], _ places: Range<Int>
  ) {
    precondition(places.lowerBound >= 0 && places.upperBound <= counts.count)
    precondition(start >= 0 && 4 * (words.count - start) >= places.count)
    // Unsafe: each word has four counts, lowest first as memory is little-endian. Unchecked, and from 0
    // on, the loop runs in lanes.
    unsafe words.withUnsafeBytes { bytes in
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        let source = unsafe UnsafeRawBufferPointer(rebasing: bytes[(4 * start)...])
        let target = unsafe UnsafeMutableBufferPointer(rebasing: counts[places])
        for place in 0..<target.count { unsafe target[place] = Float(source[place]) }
      }
    }
  }

  /// Writes the same counts as bytes, four a word, the first one lowest, into the words from `start` on.
  ///
  /// - Parameter places: how many counts; what is left of the last word is unspecified.
  public mutating func fill(
    words counts: inout [UInt32], from start: Int, places: Int, using stream: inout RandomStream
  ) {
    let needed = (places + 3) / 4
    precondition(places >= 0 && start >= 0 && start + needed <= counts.count)
    if words.count != needed { words = Array(repeating: 0, count: needed) }
    stream.fill(&words)
    // Unsafe: the words are read as four 16-bit numbers each, lowest first, and the words of `counts`
    // from `start` on have a byte for each of them. C takes pointers and keeps to `size`.
    unsafe words.withUnsafeBytes { bytes in
      let bits = unsafe bytes.bindMemory(to: UInt16.self)
      unsafe counts.withUnsafeMutableBytes { counts in
        let target = unsafe UnsafeMutableRawBufferPointer(rebasing: counts[(4 * start)...])
        let size = min(bits.count, target.count)
        unsafe evenhand_thresholds_reached(
          Self.thresholds, bits.baseAddress,
          target.baseAddress?.assumingMemoryBound(to: UInt8.self), size)
      }
    }
  }
}

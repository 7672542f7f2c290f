// SPDX-License-Identifier: Apache-2.0

/// Counts of mean 1 for many rows at once: how often each row is drawn in a bootstrap replicate.
///
/// 16 random bits make a count: the 65,536 values are shared out among the counts 0 to 8 such that mean
/// and variance are exactly 1 and the third moment is that of the Poisson distribution to 1e-5; every
/// probability is Poisson's to 1.6e-4.
public struct UnitPoisson: Sendable {
  /// The count is how many of these the 16 bits reach.
  private static let thresholds: InlineArray<8, UInt16> = [
    24113, 48212, 60274, 64294, 65297, 65497, 65530, 65535,
  ]

  private var words: [UInt64] = []

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
    if words.count != needed { words = Array(repeating: 0, count: needed) }
    stream.fill(&words)
    // Unsafe: the words are read as four 16-bit numbers each, lowest first as memory is little-endian;
    // there are `needed · 4` of them, at least as many as places. Unchecked, the loop runs in lanes.
    unsafe words.withUnsafeBytes { bytes in
      let bits = unsafe bytes.bindMemory(to: UInt16.self)
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        for place in 0..<places.count {
          let drawn = unsafe bits[place]
          var count: UInt16 = 0
          for index in 0..<8 { count &+= drawn >= Self.thresholds[index] ? 1 : 0 }
          unsafe counts[places.lowerBound + place] = Float(count)
        }
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
    // Unsafe: as above; each number of 16 bits gives way to its count.
    unsafe words.withUnsafeMutableBytes { bytes in
      let bits = unsafe bytes.bindMemory(to: UInt16.self)
      for place in 0..<4 * needed {
        let drawn = unsafe bits[place]
        var count: UInt16 = 0
        for index in 0..<8 { count &+= drawn >= Self.thresholds[index] ? 1 : 0 }
        unsafe bits[place] = count
      }
    }
    for place in 0..<needed {
      let pairs = (words[place] | words[place] >> 8) & 0x0000_FFFF_0000_FFFF
      counts[start + place] = UInt32(truncatingIfNeeded: pairs | pairs >> 16)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// Independent trials of given probabilities, again and again: which of them succeed.
///
/// 16 random bits decide a trial; on a tie with the first 16 bits of its probability, which comes once in
/// 2¹⁶, 48 more are drawn. Probabilities are rounded down to multiples of 2⁻⁶⁴, 1 to 1 − 2⁻⁶⁴.
public struct BernoulliTrials: Sendable {
  private var firstBits: [UInt16] = []
  /// The 48 bits behind.
  private var otherBits: [UInt64] = []

  public init() {}

  /// Trials.
  public var count: Int { firstBits.count }

  /// Adds a trial.
  public mutating func append(probability: Double) {
    precondition(probability >= 0 && probability <= 1, "a probability is needed")
    let scaled = probability * 0x1p64
    let bits = scaled < 0x1p64 ? UInt64(scaled) : .max
    firstBits.append(UInt16(bits >> 48))
    otherBits.append(bits & 0xFFFF_FFFF_FFFF)
  }

  /// Room for the results of `sample`, and for what it works with.
  public struct Results: Sendable {
    fileprivate var words: [UInt64]
    /// The trials that succeeded, ascending, are the first ones; the others mean nothing.
    public fileprivate(set) var places: [Int32]
  }

  /// Room for the results of these trials.
  public func results() -> Results {
    Results(
      words: Array(repeating: 0, count: (count + 3) / 4), places: Array(repeating: 0, count: count))
  }

  /// Runs the trials and returns how many succeed.
  public func sample(
    using stream: inout RandomStream, into results: inout Results
  ) -> Int {
    precondition(results.places.count == count, "the results have room for other trials")
    stream.fill(&results.words)
    return sample(results.words, &stream, &results.places)
  }

  private func sample(
    _ words: [UInt64], _ stream: inout RandomStream, _ places: inout [Int32]
  ) -> Int {
    let (words, limits) = (words.span, firstBits.span)
    var places = places.mutableSpan
    var successes = 0
    for trial in limits.indices {
      // Unsafe: a quarter of the time went into checks of these bounds. There are `count` limits and
      // places and a word for every four; fewer trials than there were so far have succeeded.
      let word = unsafe words[unchecked: trial >> 2]
      let limit = unsafe UInt64(limits[unchecked: trial])
      let bits = word &>> UInt64(truncatingIfNeeded: 16 &* (trial & 3)) & 0xFFFF
      // The borrow of bits − limit: 1 if bits < limit.
      var isSuccess = Int(truncatingIfNeeded: (bits &- limit) &>> 63)
      if bits == limit { isSuccess = stream.next() >> 16 < otherBits[trial] ? 1 : 0 }
      // Every trial is written and only successes are kept: a branch could not be predicted.
      unsafe places[unchecked: successes] = Int32(truncatingIfNeeded: trial)
      successes &+= isSuccess
    }
    return successes
  }
}

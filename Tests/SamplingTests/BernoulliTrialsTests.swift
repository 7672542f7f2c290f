// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import Testing

@Suite struct BernoulliTrialsTests {
  /// Rates within four standard errors; 0 never succeeds, 1 always (it misses 1 by 2⁻⁶⁴). The
  /// probabilities below 2⁻¹⁶ succeed on ties only.
  @Test func ratesAreTheProbabilities() {
    let probabilities = [0, 1, 0.5, 0.25, 1e-3, 1 - 1e-3, 0x1p-17, 0.3, 0x1p-16, 0.7, 1.0 / 3]
    var trials = BernoulliTrials()
    for probability in probabilities { trials.append(probability: probability) }
    var results = trials.results()
    var successes = Array(repeating: 0.0, count: probabilities.count)
    let draws = 400_000
    for draw in 0..<draws {
      var stream = RandomStream(seed: 5, family: 9, replicate: UInt32(draw))
      let count = trials.sample(using: &stream, into: &results)
      let places = results.places[..<count]
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 })
      for place in places { successes[Int(place)] += 1 }
    }
    for (probability, count) in zip(probabilities, successes) {
      let deviation = (Double(draws) * probability * (1 - probability)).squareRoot()
      #expect(abs(count - Double(draws) * probability) <= 4 * deviation)
    }
  }

  /// 16 bits of the stream a trial, lowest first: those of `next`.
  @Test func trialsCompareTheBitsOfTheStream() {
    let probabilities = (0..<203).map { (Double($0) + 0.37) / 203 }
    var trials = BernoulliTrials()
    for probability in probabilities { trials.append(probability: probability) }
    var results = trials.results()
    var stream = RandomStream(seed: 6, family: 1, replicate: 1)
    var bits = stream
    let count = trials.sample(using: &stream, into: &results)
    var (expected, word) = ([Int32](), UInt64(0))
    for (trial, probability) in probabilities.enumerated() {
      word = trial % 4 == 0 ? bits.next() : word >> 16
      // None of these is a tie.
      if Double(word & 0xFFFF) / 65536 < probability { expected.append(Int32(trial)) }
    }
    #expect(Array(results.places[..<count]) == expected)
  }

  /// Lanes of blocks, leftovers of every size, and numbers held back.
  @Test(arguments: [0, 1, 7, 8, 9, 16, 23, 64, 77, 1003])
  func filledWordsAreTheNextNumbers(_ count: Int) {
    for skipped in 0..<3 {
      var stream = RandomStream(seed: 0x1234_5678_9ABC_DEF0, family: 7, replicate: 11)
      for _ in 0..<skipped { _ = stream.next() }
      var single = stream
      var words = Array(repeating: UInt64(0), count: count)
      stream.fill(&words)
      #expect(words == (0..<count).map { _ in single.next() })
      #expect(stream.next() == single.next())
    }
  }
}

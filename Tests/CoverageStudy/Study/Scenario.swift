// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// A population whose true values are known, and what is reckoned from each data set drawn from it.
package struct Scenario<Sample: Sendable>: Sendable {
  /// Names it, and by its hash the stream family of its random numbers.
  package var id: String
  /// What a reader is told of the population.
  package var title: String
  /// Whether little information makes 93 % enough; by `Hardness`, never by a result.
  package var isHard = false
  /// The method that the default's width is held against, instead of the narrowest valid one.
  package var yardstick: String?
  /// Whether the tests run it too, with fewer data sets.
  package var isInTests = false
  package var draw: @Sendable (inout RandomStream) -> Sample
  package var procedures: [Procedure<Sample>]

  /// Without the type of its samples.
  package var trial: Trial {
    Trial(
      id: id, title: title, isHard: isHard, yardstick: yardstick, isInTests: isInTests,
      jobs: procedures.map { procedure in
        Trial.Job(claims: procedure.claims, dataSets: procedure.dataSets) { index in
          var stream = RandomStream(
            seed: Trial.seed, family: Trial.family(id), replicate: UInt32(index))
          return try procedure.measure(draw(&stream), UInt64(index))
        }
      })
  }
}

/// A computation on a data set that yields one or more intervals.
package struct Procedure<Sample: Sendable>: Sendable {
  package var claims: [Claim]
  package var dataSets: Int
  /// An outcome for each claim, `nil` where no interval is given. The number is the seed of
  /// replicates.
  package var measure: @Sendable (Sample, UInt64) throws -> [Outcome?]

  package init(
    _ claims: [Claim], dataSets: Int,
    measure: @escaping @Sendable (Sample, UInt64) throws -> [Outcome?]
  ) {
    self.claims = claims
    self.dataSets = dataSets
    self.measure = measure
  }
}

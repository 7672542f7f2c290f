// SPDX-License-Identifier: Apache-2.0

/// A number of successes in a number of independent trials.
public struct Proportion: Sendable, Equatable {
  /// How often it happened: from 0 to `trials`. Only Fisher's test needs it to be whole.
  public let successes: Double
  /// How often it could have happened: positive and finite.
  public let trials: Double

  /// - Parameters:
  ///   - successes: from 0 to `trials`.
  ///   - trials: positive and finite.
  public init(successes: Double, trials: Double) {
    precondition(trials > 0 && trials.isFinite && successes >= 0 && successes <= trials)
    self.successes = successes
    self.trials = trials
  }

  /// successes / trials.
  public var value: Double { successes / trials }

  /// trials − successes.
  var failures: Double { trials - successes }

  /// The proportion of failures.
  var complement: Proportion { Proportion(successes: failures, trials: trials) }
}

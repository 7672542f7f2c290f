// SPDX-License-Identifier: Apache-2.0
import EvenhandScorecards

/// The gates that a scorecard is judged by.
public struct Policy: Sendable, Equatable {
  /// The one-sided error rate of every gate: a limit that is just kept is called broken, and one that
  /// is just broken is called kept, in at most this share of samples.
  public var alpha: Double
  public var gates: [Gate]
  /// The file's name, size and hash, for the scorecard's provenance; `nil` for a policy made in code.
  public var file: Provenance.Input?

  /// A policy of gates.
  public init(alpha: Double = 0.05, gates: [Gate], file: Provenance.Input? = nil) {
    self.alpha = alpha
    self.gates = gates
    self.file = file
  }
}

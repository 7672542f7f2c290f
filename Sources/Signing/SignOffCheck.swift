// SPDX-License-Identifier: Apache-2.0

/// What became of a sign-off when it was checked.
public struct SignOffCheck: Sendable, Equatable {
  public enum Problem: Sendable, Equatable {
    /// What the sign-off carries is no public key of its algorithm.
    case keyUnreadable
    /// A field or the signature was changed, or the signature belongs to another key.
    case signatureInvalid
    /// The signature is valid, but of another scorecard than this one.
    case anotherScorecard
    /// The very same as the earlier one at this place.
    case repeated(Int)
  }

  /// Counted from 0.
  public let index: Int
  public let signOff: SignOff
  /// Nil: the signature is valid and of this scorecard.
  public let problem: Problem?
}

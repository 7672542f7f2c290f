// SPDX-License-Identifier: Apache-2.0

/// One method's interval (or test) for one number of a scenario.
package struct Claim: Sendable, Hashable, Codable {
  package enum Role: String, Sendable, Hashable, Codable {
    /// What a scorecard has when nothing is asked for.
    case standard
    /// What can be asked for.
    case offered
    /// What others do, or the recipe that a width is held against; not in a scorecard.
    case comparison
  }

  package var kind: StudyKind
  /// `max − min`.
  package var number: String
  /// The method's id in a scorecard, or words for a comparison.
  package var method: String
  package var role: Role

  /// Of a method that is the default if its id is that of `standard`, and can be asked for otherwise.
  init(_ kind: StudyKind, _ number: String, _ method: String, standard: String) {
    self.init(kind, number, method, method == standard ? .standard : .offered)
  }

  package init(_ kind: StudyKind, _ number: String, _ method: String, _ role: Role) {
    self.kind = kind
    self.number = number
    self.method = method
    self.role = role
  }
}

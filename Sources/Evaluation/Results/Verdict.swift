// SPDX-License-Identifier: Apache-2.0

/// What the evidence says of a gate.
public enum Verdict: String, Sendable, Codable, Equatable, CaseIterable {
  /// Every comparison's own one-sided bound lies within the limit.
  case pass
  /// At least one comparison lies beyond the limit, at a level that holds for all of them at once.
  case fail
  /// Neither is established.
  case inconclusive
  /// There is nothing to judge; the reason says why.
  case notMeasured = "not_measured"
}

/// Whether a gate's verdict may stop a release.
public enum GateSeverity: String, Sendable, Codable, Equatable, CaseIterable {
  case block, warn
}

/// What becomes of a gate for which the evidence is too thin.
public enum InconclusiveRule: String, Sendable, Codable, Equatable, CaseIterable {
  case fail, warn, pass
}

/// What is held against the limit.
public enum GateBasis: String, Sendable, Codable, Equatable, CaseIterable {
  /// Bounds: a pass and a fail are established.
  case interval
  /// The value alone, whatever its uncertainty.
  case point
}

/// Which slices a gate compares.
public enum GateScope: String, Sendable, Codable, Equatable, CaseIterable {
  /// Each group's own number.
  case groups
  /// Every two groups, in both directions.
  case pairs
  /// Every group with the reference group.
  case reference
  /// Every group with all rows; without a gap, all rows alone.
  case overall
}

// SPDX-License-Identifier: Apache-2.0

/// How far a long part of an evaluation has come.
public struct EvaluationProgress: Sendable, Equatable {
  /// Such as `resampling counts`; parts come one after the other.
  public var part: String
  /// What is counted, such as `replicates`.
  public var unit: String
  public var done: Int
  public var total: Int

  public init(part: String, unit: String, done: Int, total: Int) {
    self.part = part
    self.unit = unit
    self.done = done
    self.total = total
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// A comparison before it is judged.
struct Subject: Sendable {
  /// Why a comparison cannot be judged.
  enum Obstacle: Sendable, Equatable {
    /// The value rests on fewer rows than the scorecard's minimum.
    case insufficient(reason: String, growth: Double)
    /// There is no value, or no limits of it.
    case unmeasured(reason: String)
    /// The policy names what the scorecard does not have.
    case missing(reason: String)

    var reason: String {
      switch self {
      case .insufficient(let reason, _), .unmeasured(let reason), .missing(let reason): reason
      }
    }
  }

  var record: GateComparison
  var evidence: Evidence?
  var obstacle: Obstacle?
  /// The value as a ratio of whole numbers, where it is one.
  var fraction: Fraction?

  init(_ record: GateComparison, evidence: Evidence? = nil, obstacle: Obstacle? = nil) {
    self.record = record
    self.evidence = evidence
    self.obstacle = obstacle
  }

  static func missing(
    _ reason: String, model: String?, metric: String, slice: Slice? = nil,
    reference: Slice? = nil
  ) -> Subject {
    Subject(
      GateComparison(model: model, metric: metric, slice: slice, reference: reference),
      obstacle: .missing(reason: reason))
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards

/// Judges a scorecard by a policy.
///
/// It takes the scorecard and the policy and nothing else, so that a scorecard just made and one read
/// from its file get the same verdicts.
public struct Judge: Sendable {
  public var policy: Policy
  /// The day on which gates and waivers may have run out.
  public var today: CalendarDay

  /// A judge on a day.
  public init(_ policy: Policy, today: CalendarDay) {
    self.policy = policy
    self.today = today
  }

  /// The verdict on every gate, in the policy's order.
  ///
  /// - Throws: `PolicyError` for a gate that contradicts itself.
  public func verdicts(_ scorecard: Scorecard) throws(PolicyError) -> [GateVerdict] {
    guard policy.alpha > 0 && policy.alpha < 0.5 else {
      throw PolicyError("alpha lies between 0 and 0.5, such as 0.05; it is \(policy.alpha)")
    }
    let index = ScorecardIndex(scorecard)
    var cases: [Case] = []
    for gate in policy.gates {
      let meaning: GateMeaning
      do {
        meaning = try GateMeaning(gate)
      } catch {
        throw PolicyError("gate '\(gate.name)': \(error.description)")
      }
      let finder = SubjectFinder(index: index, gate: gate, meaning: meaning)
      do {
        cases.append(Case(gate: gate, meaning: meaning, subjects: try finder.subjects()))
      } catch {
        cases.append(Case(gate: gate, meaning: meaning, absence: error.reason))
      }
    }
    let tally = TallyLimits(scorecard, cases.flatMap(\.subjects))
    return cases.map {
      GateJudgement(case: $0, alpha: policy.alpha, today: today, tally: tally).verdict()
    }
  }

  /// The exit code that verdicts ask for: 1 before 2 before 0.
  public static func exitCode(_ verdicts: [GateVerdict]) -> Int {
    let effects = Set(verdicts.map(\.exitEffect))
    return effects.contains(1) ? 1 : effects.contains(2) ? 2 : 0
  }

  /// A gate with what it is about.
  struct Case: Sendable {
    var gate: Gate
    var meaning: GateMeaning
    var subjects: [Subject] = []
    /// Why there is nothing to judge.
    var absence: String?
  }
}

extension Scorecard {
  /// Judges the scorecard by a policy and keeps the verdicts, and the policy's hash among the inputs.
  ///
  /// Earlier verdicts are replaced.
  ///
  /// - Throws: `PolicyError` for a gate that contradicts itself.
  public mutating func judge(_ policy: Policy, today: CalendarDay) throws(PolicyError) {
    gates = try Judge(policy, today: today).verdicts(self)
    provenance.inputs.removeAll { $0.role == "policy" }
    if let file = policy.file { provenance.inputs.append(file) }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The verdict on one gate, from the verdicts on its comparisons.
///
/// Pass by intersection and union: every comparison's own bound at 1 − α is within the limits. Fail by
/// Bonferroni: one comparison's bound at 1 − α/m is beyond them.
struct GateJudgement: Sendable {
  private let gate: Gate
  private let meaning: GateMeaning
  private let subjects: [Subject]
  private let absence: String?
  private let alpha: Double
  private let today: CalendarDay
  private let tally: TallyLimits

  init(case one: Judge.Case, alpha: Double, today: CalendarDay, tally: TallyLimits) {
    gate = one.gate
    meaning = one.meaning
    subjects = one.subjects
    absence = one.absence
    self.alpha = alpha
    self.today = today
    self.tally = tally
  }

  func verdict() -> GateVerdict {
    var result = blank()
    let judged = subjects.filter { $0.evidence != nil }.count
    let comparison = ComparisonJudgement(
      lowest: meaning.lowest, highest: meaning.highest, on: gate.on, minN: gate.minN,
      alpha: alpha, comparisons: max(1, judged), tally: tally)
    result.comparisons = subjects.map(comparison.judge)
    result.verdict = Self.combined(result.comparisons, subjects)
    decide(&result)
    result.reason = reason(result)
    if let expires = gate.expires, expires < today {
      result.verdict = .notMeasured
      result.reason = "the gate expired on \(expires): renew it or remove it"
    }
    if let waiver = gate.waiver {
      result.waiver?.isInForce = CalendarDay(waiver.until).map { today <= $0 } ?? false
    }
    result.exitEffect = effect(result)
    return result
  }

  private func blank() -> GateVerdict {
    var result = GateVerdict(
      name: gate.name, metric: meaning.metrics.count == 1 ? meaning.metrics[0].id : gate.metric,
      of: gate.of, alpha: alpha, severity: gate.severity, onInconclusive: gate.onInconclusive,
      on: gate.on)
    result.gap =
      switch gate.gap {
      case nil: nil
      case .difference: "difference"
      case .ratio: "ratio"
      case .named(let name): name
      }
    (result.over, result.slices, result.model) = (gate.over, gate.slices, gate.model)
    (result.min, result.max, result.change) = (gate.min, gate.max, gate.change)
    (result.minN, result.owner, result.rationale) = (gate.minN, gate.owner, gate.rationale)
    result.expires = gate.expires?.description
    result.waiver = gate.waiver
    return result
  }

  private static func combined(_ comparisons: [GateComparison], _ subjects: [Subject]) -> Verdict {
    let verdicts = comparisons.map(\.verdict)
    if verdicts.contains(.fail) { return .fail }
    let isMissing = subjects.contains {
      if case .missing = $0.obstacle { true } else { false }
    }
    if isMissing || verdicts.allSatisfy({ $0 == .notMeasured }) { return .notMeasured }
    return verdicts.allSatisfy { $0 == .pass } ? .pass : .inconclusive
  }

  /// Names the comparison that decides, with the bound and the limit that it is held against.
  private func decide(_ result: inout GateVerdict) {
    let open = result.comparisons.filter { $0.verdict == .inconclusive }
    if result.verdict == .inconclusive, !open.isEmpty, open.allSatisfy({ $0.neededN != nil }) {
      result.neededN = open.compactMap(\.neededN).max()
    }
    let isFail = result.verdict == .fail
    let all = result.comparisons.enumerated().flatMap { sides(of: $1, at: $0, isFail: isFail) }
    guard let worst = all.min(by: { $0.slack < $1.slack }) else {
      result.value = result.comparisons.first { $0.value != nil }?.value
      result.limit = meaning.lowest ?? meaning.highest
      return
    }
    result.decides = worst.place
    (result.value, result.bound, result.limit) = (worst.value, worst.bound, worst.limit)
    result.boundLevel = worst.level
  }

  /// How far a comparison's bound is from a limit; negative beyond it.
  private struct Side {
    var place: Int
    var slack: Double
    var value: Double
    var bound: Double?
    var limit: Double
    var level: Double?
  }

  private func sides(of comparison: GateComparison, at place: Int, isFail: Bool) -> [Side] {
    guard let value = comparison.value, comparison.verdict != .notMeasured,
      !isFail || comparison.verdict == .fail
    else { return [] }
    let bounds = isFail ? comparison.jointBounds : comparison.bounds
    if gate.on == .interval && bounds == nil { return [] }
    var result: [Side] = []
    if let lowest = meaning.lowest {
      let bound = isFail ? bounds?.high : bounds?.low
      result.append(
        Side(
          place: place,
          slack: (bound ?? (gate.on == .point ? value : -.infinity)) - lowest, value: value,
          bound: bound, limit: lowest, level: bounds?.level))
    }
    if let highest = meaning.highest {
      let bound = isFail ? bounds?.low : bounds?.high
      result.append(
        Side(
          place: place,
          slack: highest - (bound ?? (gate.on == .point ? value : .infinity)), value: value,
          bound: bound, limit: highest, level: bounds?.level))
    }
    return result
  }

  private func reason(_ result: GateVerdict) -> String? {
    if let absence { return absence }
    let all = result.comparisons
    func count(_ verdict: Verdict) -> Int { all.count { $0.verdict == verdict } }
    func first(_ verdict: Verdict) -> String? {
      all.first { $0.verdict == verdict }.flatMap { one in
        guard all.count > 1, one.reference == nil, let slice = one.slice else { return one.reason }
        return one.reason.map { "\(slice): \($0)" }
      }
    }
    switch result.verdict {
    case .pass: return nil
    case .fail:
      guard all.count > 1 else { return "beyond the limit" }
      return "\(Self.count(count(.fail), of: all.count)) beyond the limit"
    case .notMeasured: return first(.notMeasured) ?? "nothing could be measured"
    case .inconclusive:
      let open = count(.inconclusive) + count(.notMeasured)
      let reason = first(.notMeasured) ?? first(.inconclusive) ?? "the evidence is too thin"
      guard all.count > 1 else { return reason }
      return "\(Self.count(open, of: all.count)) open; \(reason)"
    }
  }

  private static func count(_ some: Int, of all: Int) -> String {
    "\(some) of \(all) comparisons \(some == 1 ? "is" : "are")"
  }

  private func effect(_ result: GateVerdict) -> Int {
    guard gate.severity == .block else { return 0 }
    let isWaived = result.waiver?.isInForce ?? false
    switch result.verdict {
    case .pass: return 0
    case .fail: return isWaived ? 0 : 1
    case .notMeasured: return 1
    case .inconclusive: return isWaived || gate.onInconclusive != .fail ? 0 : 2
    }
  }
}

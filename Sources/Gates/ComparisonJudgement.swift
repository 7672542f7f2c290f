// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// The verdict on one comparison.
struct ComparisonJudgement: Sendable {
  let lowest: Double?
  let highest: Double?
  let on: GateBasis
  let minN: Int?
  let alpha: Double
  /// Over how many comparisons a failure must hold at once.
  let comparisons: Int
  let tally: TallyLimits

  func judge(_ subject: Subject) -> GateComparison {
    var result = subject.record
    (result.lowest, result.highest) = (lowest, highest)
    switch subject.obstacle {
    case .insufficient(let reason, let growth):
      result.verdict = .inconclusive
      result.reason = reason
      if growth.isFinite { result.neededN = result.n.flatMap { Self.grown($0, growth) } }
      return result
    case .unmeasured(let reason), .missing(let reason):
      // A value alone needs no limits.
      guard on == .point, subject.evidence == nil, case .unmeasured = subject.obstacle,
        result.value != nil
      else {
        result.verdict = .notMeasured
        result.reason = reason
        return result
      }
    case nil: break
    }
    if on == .point { judgePoint(&result, subject) } else { judgeBounds(&result, subject) }
    requireRows(&result)
    return result
  }

  private func judgePoint(_ result: inout GateComparison, _ subject: Subject) {
    guard let value = result.value, value.isFinite else {
      result.verdict = .notMeasured
      result.reason = "there is no value"
      return
    }
    func sign(_ limit: Double) -> Int {
      subject.fraction?.sign(against: limit) ?? (value < limit ? -1 : value > limit ? 1 : 0)
    }
    let isLow = lowest.map { sign($0) < 0 } ?? false
    let isHigh = highest.map { sign($0) > 0 } ?? false
    result.verdict = isLow || isHigh ? .fail : .pass
  }

  private func judgeBounds(_ result: inout GateComparison, _ subject: Subject) {
    guard let evidence = subject.evidence, let value = result.value,
      let own = limits(evidence, alpha)
    else {
      result.verdict = .notMeasured
      result.reason = result.reason ?? noLimits(subject)
      return
    }
    result.bounds = bounds(own, alpha)
    let shared = alpha / Double(comparisons)
    let joint = comparisons == 1 ? own : limits(evidence, shared)
    result.jointBounds = joint.map { bounds($0, shared) }
    if isWithin(own) {
      result.verdict = .pass
    } else if let joint, isBeyond(joint) {
      result.verdict = .fail
    } else {
      result.verdict = .inconclusive
      let isInside = value > lowest ?? -.infinity && value < highest ?? .infinity
      result.reason =
        isInside
        ? "the value is within the limit, which its bound is not"
        : "the value is not within the limit, but that is not established"
      result.neededN = isInside ? needed(evidence, result.n) : nil
    }
  }

  private func noLimits(_ subject: Subject) -> String {
    guard case .recorded(let interval, _) = subject.evidence else {
      return "the counts show no variation"
    }
    return
      "the scorecard's own limits hold at \(interval.level), less than \(1 - 2 * alpha) for this alpha"
  }

  private func limits(_ evidence: Evidence, _ alpha: Double, growth: Double = 1) -> Limits? {
    let found = evidence.limits(confidence: 1 - 2 * alpha, growth: growth) {
      tally.interval($0, $1, $2)
    }
    guard let found, !found.low.isNaN, !found.high.isNaN else { return nil }
    return found
  }

  private func bounds(_ limits: Limits, _ alpha: Double) -> GateBounds {
    GateBounds(low: limits.low, high: limits.high, level: 1 - alpha, method: limits.method)
  }

  private func isWithin(_ limits: Limits) -> Bool {
    limits.low >= lowest ?? -.infinity && limits.high <= highest ?? .infinity
  }

  private func isBeyond(_ limits: Limits) -> Bool {
    limits.high < lowest ?? -.infinity || limits.low > highest ?? .infinity
  }

  /// The rows with which this value would pass, all slices growing alike, by bisection; `nil` beyond a
  /// millionfold.
  private func needed(_ evidence: Evidence, _ n: Int?) -> Int? {
    func passes(_ growth: Double) -> Bool {
      limits(evidence, alpha, growth: growth).map(isWithin) ?? false
    }
    guard let n, n > 0 else { return nil }
    var (low, high) = (1.0, 2.0)
    while !passes(high) {
      (low, high) = (high, high * 2)
      guard high < 1e6 else { return nil }
    }
    for _ in 0..<20 {
      let middle = (low * high).squareRoot()
      if passes(middle) { high = middle } else { low = middle }
    }
    return Self.grown(n, high)
  }

  private static func grown(_ n: Int, _ factor: Double) -> Int? {
    let rows = (Double(n) * factor - 1e-9).rounded(.up)
    return rows < 1e15 ? Int(rows) : nil
  }

  private func requireRows(_ result: inout GateComparison) {
    guard let minN, result.verdict == .pass || result.verdict == .inconclusive else { return }
    guard let n = result.n else {
      result.verdict = .inconclusive
      result.reason = "what it rests on is not known, and min_n is \(minN)"
      return
    }
    guard n < minN else { return }
    // A value that no number of rows would make pass is not made to by this one.
    result.neededN =
      result.verdict == .pass ? minN : result.neededN.map { Swift.max($0, minN) }
    result.verdict = .inconclusive
    result.reason = "rests on \(n), fewer than min_n \(minN)"
  }
}

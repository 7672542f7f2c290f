// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// How gates and their verdicts are put into words, the same in documents, JUnit reports and
/// annotations.
package struct GateWords: Sendable {
  private let reading: Reading

  package init(_ reading: Reading) { self.reading = reading }

  /// `passed`, `failed`, `inconclusive`, `not measured`
  package static func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .pass: "passed"
    case .fail: "failed"
    case .inconclusive: "inconclusive"
    case .notMeasured: "not measured"
    }
  }

  /// `4 gates: 2 passed, 1 failed, 1 not measured`
  package static func summary(_ gates: [GateVerdict]) -> String {
    let parts = Verdict.allCases.compactMap { verdict -> String? in
      let count = gates.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(Format.count(count)) \(Self.verdict(verdict))"
    }
    return "\(Format.plural(gates.count, "gate")): \(parts.joined(separator: ", "))"
  }

  /// A gate's name as it is shown.
  package func name(_ gate: GateVerdict) -> String { reading.labels[gate.name] }

  /// `selection rate, ratio of pairs by sex`
  package func subject(_ gate: GateVerdict) -> String {
    var text =
      gate.metric == "equalized_odds" ? "true and false positive rate" : reading.name(gate.metric)
    let groups = reading.labels.attributes(gate.over)
    if let gap = gate.gap {
      let kind = gap == "ratio" || gap.hasSuffix("_ratio") ? "ratio" : "difference"
      switch gate.of {
      case .pairs: text += ", \(kind) of pairs by \(groups)"
      case .reference: text += ", \(kind) to the reference by \(groups)"
      case .overall, .groups: text += ", \(kind) to overall by \(groups)"
      }
    } else if !gate.over.isEmpty {
      text += ", groups by \(groups)"
    } else if gate.slices.isEmpty {
      text += ", overall"
    }
    if !gate.slices.isEmpty {
      text += ", " + gate.slices.prefix(3).map { reading.labels[$0] }.joined(separator: ", ")
      if gate.slices.count > 3 { text += ", …" }
    }
    if let model = gate.model { text += ", model \(reading.labels[model])" }
    if gate.on == .point { text += ", by the value alone" }
    return text
  }

  /// `≥ 0.8`, `|difference| ≤ 0.05`, `0.2 to 0.9`, `falls by ≤ 0.01`
  package func limit(_ gate: GateVerdict) -> String {
    if let change = gate.change {
      let parts = [
        change.maxDrop.map { "falls by ≤ \(Self.exact($0))" },
        change.maxRise.map { "rises by ≤ \(Self.exact($0))" },
        change.minRatio.map { "candidate ÷ baseline ≥ \(Self.exact($0))" },
        change.maxRatio.map { "candidate ÷ baseline ≤ \(Self.exact($0))" },
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
    let isDifference = gate.gap.map { $0 == "difference" || $0.hasSuffix("_difference") } ?? false
    switch (gate.min, gate.max) {
    case (let min?, let max?): return "\(Self.exact(min)) to \(Self.exact(max))"
    case (let min?, nil): return "≥ \(Self.exact(min))"
    case (nil, let max?):
      return isDifference ? "|difference| ≤ \(Self.exact(max))" : "≤ \(Self.exact(max))"
    default: return "none"
    }
  }

  /// A limit is a choice, not an estimate: it is not rounded.
  package static func exact(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15
      ? Format.number(value)
      : value.description.replacing("-", with: Format.minus)
  }

  /// `0.7612 at 95 %`: the bound that the gate used, with its one-sided level.
  package func bound(_ gate: GateVerdict) -> String? {
    guard let bound = gate.bound, let level = gate.boundLevel else { return nil }
    return "\(Format.number(bound)) at \(Format.level(level))"
  }

  /// `Female ÷ Male`, `Female − Overall`, `boosted: Female, change from logistic`
  package func comparison(_ one: GateComparison, in gate: GateVerdict) -> String {
    let isRatio = gate.gap.map { $0 == "ratio" || $0.hasSuffix("_ratio") } ?? false
    var text = one.slice.map { reading.labels[$0] } ?? "Gap"
    if let reference = one.reference {
      text += (isRatio ? " ÷ " : " \(Format.minus) ") + reading.labels[reference]
    }
    if gate.metric == "equalized_odds" { text = "\(reading.title(one.metric)): " + text }
    if let baseline = one.baseline { text += ", change from \(reading.labels[baseline])" }
    if let model = one.model, reading.models.count > 1 {
      text = "\(reading.labels[model]): " + text
    }
    return text
  }

  /// The comparison that decides, where there are several.
  package func decisive(_ gate: GateVerdict) -> String? {
    guard let place = gate.decides, gate.comparisons.indices.contains(place),
      gate.comparisons.count > 1
    else { return nil }
    return comparison(gate.comparisons[place], in: gate)
  }

  /// What becomes of the verdict: `blocks`, `warns only`, `waived until 2026-12-31`.
  package func effect(_ gate: GateVerdict) -> String {
    if let waiver = gate.waiver, waiver.isInForce, gate.verdict != .pass {
      let until = Visible.spelledOut(waiver.until)
      return gate.exitEffect == 0
        ? "waived by \(reading.labels[waiver.by]) until \(until)" : "blocks; a waiver cannot help"
    }
    if gate.verdict == .pass { return "" }
    return gate.exitEffect > 0 ? "blocks" : gate.severity == .warn ? "warns only" : "does not block"
  }

  /// What stands where a number of rows would.
  package func noNeed(_ gate: GateVerdict) -> String {
    switch gate.verdict {
    case .pass: return "enough"
    case .fail: return "none would do"
    case .notMeasured: return "not known"
    case .inconclusive:
      let open = gate.comparisons.filter { $0.verdict == .inconclusive && $0.neededN == nil }
      let isBeyond = open.contains { one in
        guard let value = one.value else { return false }
        return value <= one.lowest ?? -.infinity || value >= one.highest ?? .infinity
      }
      return isBeyond ? "none would do" : "not known"
    }
  }

  /// One sentence on a gate, with its numbers.
  package func sentence(_ gate: GateVerdict) -> String {
    var parts = [Self.verdict(gate.verdict)]
    let effect = effect(gate)
    if !effect.isEmpty { parts[0] += " (\(effect))" }
    if let reason = gate.reason { parts.append(reading.labels.long(reason)) }
    if let value = gate.value {
      let decisive = decisive(gate).map { $0 + " " } ?? "value "
      var text = "\(decisive)\(Format.number(value))"
      if let bound = bound(gate) { text += ", bound \(bound)" }
      parts.append(text + ", limit \(limit(gate))")
    }
    if let needed = gate.neededN { parts.append("needs n = \(Format.count(needed))") }
    return parts.joined(separator: "; ")
  }
}

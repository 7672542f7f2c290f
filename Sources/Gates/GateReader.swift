// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandTabular
import Yams

/// Reads one gate.
struct GateReader {
  static let keys: Set<String> = [
    "name", "metric", "gap", "of", "over", "min", "max", "change", "on", "on_inconclusive",
    "severity", "model", "slices", "min_n", "owner", "rationale", "expires", "waiver",
  ]
  let map: PolicyMap

  init(_ node: Node, file: String) throws(PolicyError) {
    map = try PolicyMap(node, keys: Self.keys, what: "a gate", file: file)
  }

  func gate() throws(PolicyError) -> Gate {
    let gap = try gap()
    let of: GateScope? = try map.choice("of")
    var gate = Gate(try map.required("name"), metric: try metric(gap), gap: gap, of: of)
    gate.over = try map.texts("over")
    gate.slices = try slices(gate.over)
    gate.model = try map.text("model")
    gate.min = try map.number("min")
    gate.max = try map.number("max")
    gate.change = try change()
    if let on: GateBasis = try map.choice("on") { gate.on = on }
    if let rule: InconclusiveRule = try map.choice("on_inconclusive") {
      gate.onInconclusive = rule
    }
    if let severity: GateSeverity = try map.choice("severity") { gate.severity = severity }
    gate.minN = try map.count("min_n")
    gate.owner = try map.text("owner")
    gate.rationale = try map.text("rationale")
    gate.expires = try map.day("expires")
    gate.waiver = try waiver()
    do {
      _ = try GateMeaning(gate)
    } catch {
      throw map.failure(nil, "gate '\(gate.name)': \(error.description)")
    }
    return gate
  }

  private func gap() throws(PolicyError) -> Gate.Gap? {
    guard let text = try map.text("gap") else {
      if map.has("gap") { throw map.failure("gap", "a text is expected") }
      return nil
    }
    switch text {
    case "difference": return .difference
    case "ratio": return .ratio
    default:
      guard NamedGap.meaning(text) != nil else {
        let near = nearestName(to: text, among: ["difference", "ratio"] + NamedGap.all)
        throw map.failure(
          "gap",
          "no gap is called '\(text)'; "
            + (near.map { "did you mean '\($0)'?" }
              ?? "difference, ratio or one of \(NamedGap.all.joined(separator: ", "))"))
      }
      return .named(text)
    }
  }

  /// A named gap says its metric itself.
  private func metric(_ gap: Gate.Gap?) throws(PolicyError) -> String {
    if case .named(let name) = gap, !map.has("metric"), let meaning = NamedGap.meaning(name) {
      return meaning.metric
    }
    let text = try map.required("metric")
    if text == "equalized_odds" { return text }
    guard let metric = Catalogue.standard.metric(text) else {
      let known = Catalogue.standard.all.flatMap { [$0.id] + $0.aliases }
      let near = nearestName(to: text, among: known.sorted())
      throw map.failure(
        "metric",
        "no metric '\(text)'; "
          + (near.map { "did you mean '\($0)'?" } ?? "'evenhand metrics' lists them"))
    }
    return metric.id
  }

  private func change() throws(PolicyError) -> GateChange? {
    let keys: Set = ["max_drop", "max_rise", "min_ratio", "max_ratio"]
    guard let map = try map.map("change", keys: keys) else { return nil }
    return GateChange(
      maxDrop: try map.number("max_drop"), maxRise: try map.number("max_rise"),
      minRatio: try map.number("min_ratio"), maxRatio: try map.number("max_ratio"))
  }

  private func waiver() throws(PolicyError) -> GateWaiver? {
    guard let map = try map.map("waiver", keys: ["by", "reason", "until"]) else { return nil }
    let (by, reason) = (try map.required("by"), try map.required("reason"))
    _ = try map.required("until")
    guard let until = try map.day("until") else { return nil }
    return GateWaiver(by: by, reason: reason, until: until.description)
  }

  /// Maps of attribute to group; `~` is a missing value.
  private func slices(_ over: [String]) throws(PolicyError) -> [Slice] {
    var result: [Slice] = []
    for node in try map.list("slices") {
      guard case .mapping(let mapping) = node, !mapping.isEmpty else {
        throw map.failure("slices", "a slice is a map of attributes and groups: {sex: Female}")
      }
      var assignments: [Slice.Assignment] = []
      for (key, value) in mapping {
        guard let attribute = PolicyMap.text(key), case .scalar(let scalar) = value else {
          throw map.failure("slices", "a slice is a map of attributes and groups: {sex: Female}")
        }
        let group = PolicyMap.text(value) ?? (scalar.style == .plain ? nil : scalar.string)
        assignments.append(Slice.Assignment(attribute: attribute, group: group))
      }
      let slice = Slice(assignments)
      guard over.isEmpty || slice.attributes == over.sorted() else {
        throw map.failure("slices", "\(slice) is not a slice over \(over.joined(separator: ", "))")
      }
      guard !result.contains(slice) else {
        throw map.failure("slices", "\(slice) is given twice")
      }
      result.append(slice)
    }
    return result
  }
}

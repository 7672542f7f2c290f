// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Puts gaps into words.
struct FindingSentence {
  let reading: Reading

  /// "Selection rate of Female is 0.0963 [0.0883, 0.105], 0.370 times that of Male (0.260 [0.252,
  /// 0.268]); n = 5,483 and 11,078."
  func established(_ finding: Finding, model: String?) -> RichText? {
    let gap = finding.gap
    guard let highest = gap.slice, let lowest = gap.reference, let value = gap.value else {
      return nil
    }
    let worse = reading.wording.disadvantage(gap.metric)
    let (subject, other) = worse > 0 ? (highest, lowest) : (lowest, highest)
    let text: RichText = """
      \(reading.title(gap.metric)) of \(strong: reading.labels[subject])\
      \(number(model, gap.metric, subject, before: " is ")), \
      \(comparison(finding, isLow: worse <= 0, value)) \(strong: reading.labels[other])\
      \(number(model, gap.metric, other, before: " (", after: ")"))\(sizes(subject, other)).
      """
    var more = [
      "By \(reading.labels.attributes(gap.attributes))",
      "difference \(Format.number(value))\(interval(gap))",
    ]
    if let floor = gap.noiseFloor { more.append("by chance \(Format.number(floor.expected))") }
    if worse != 0 { more.append("at a disadvantage: \(reading.labels[subject])") }
    more += baseRates(gap.metric, subject, other)
    return text + " \(quiet: more.joined(separator: "; ") + ".")"
  }

  /// Metrics for which "so many times that of" says more than a difference.
  private static let ratios = ["selection_rate", "true_positive_rate", "false_positive_rate"]

  private func comparison(_ finding: Finding, isLow: Bool, _ value: Double) -> String {
    if isLow, Self.ratios.contains(finding.gap.metric), finding.ratio?.status == .ok,
      let ratio = finding.ratio?.value, ratio > 0
    {
      return "\(Format.number(ratio)) times that of"
    }
    return "\(Format.number(value)) \(isLow ? "below" : "above") that of"
  }

  private func interval(_ gap: Gap) -> String {
    gap.interval.map { " " + Format.interval($0.low, $0.high) } ?? ""
  }

  private func number(
    _ model: String?, _ metric: String, _ slice: Slice, before: String, after: String = ""
  ) -> String {
    guard let item = reading.measurement(model, metric, slice), let value = item.value else {
      return ""
    }
    let interval = item.interval.map { " " + Format.interval($0.low, $0.high) } ?? ""
    return before + Format.number(value) + interval + after
  }

  private func sizes(_ first: Slice, _ second: Slice) -> String {
    guard let one = reading.record(first)?.n, let two = reading.record(second)?.n else { return "" }
    return "; n = \(Format.count(one)) and \(Format.count(two))"
  }

  /// Groups whose labels differ as well: the reader must know before concluding.
  private func baseRates(_ metric: String, _ first: Slice, _ second: Slice) -> [String] {
    guard metric == "selection_rate",
      let one = reading.measurement(nil, "base_rate", first), one.status == .ok,
      let two = reading.measurement(nil, "base_rate", second), two.status == .ok,
      let a = one.value, let b = two.value
    else { return [] }
    return ["base rates \(Format.number(a)) and \(Format.number(b))"]
  }

  /// "No gap above 0.174 detected in precision among 5 groups of race."
  func open(_ attributes: [String], _ findings: [Finding], compared: Int) -> RichText? {
    let parts = findings.compactMap { finding -> String? in
      guard let high = finding.gap.interval?.high else { return nil }
      return "\(Format.number(high)) detected in \(reading.name(finding.gap.metric))"
    }
    guard let first = parts.first else { return nil }
    let rest = parts.dropFirst().map {
      ", none above \($0.replacing(" detected in ", with: " in "))"
    }
    return """
      No gap above \(first)\(rest.joined()), among \(Format.plural(compared, "group")) of \
      \(reading.labels.attributes(attributes)).
      """
  }

  /// "By race these data would show, four times out of five, a gap of 0.0786 in selection rate, 0.283
  /// in true positive rate and 0.0902 in accuracy."
  func detectable(_ attributes: [String], _ findings: [Finding]) -> RichText? {
    let leading = MetricChoice.leading
    let parts = leading.compactMap { metric -> String? in
      guard let gap = findings.first(where: { $0.gap.metric == metric })?.gap,
        let size = gap.minimumDetectable
      else { return nil }
      return "\(Format.number(size)) in \(reading.name(metric))"
    }
    guard !parts.isEmpty else { return nil }
    return """
      By \(reading.labels.attributes(attributes)) these data would show, four times out of five, a gap \
      of \(Format.list(parts)).
      """
  }

  /// "Left out as too few, by sex × race: Female × Other (precision: 2 rows)."
  func leftOut(_ attributes: [String], _ findings: [Finding]) -> RichText? {
    var worst: [Slice: (denominator: Double, reason: String)] = [:]
    for finding in findings {
      for item in finding.gap.excluded {
        let here = item.denominator ?? 0
        if let known = worst[item.slice], known.denominator <= here { continue }
        worst[item.slice] = (here, ExclusionWords.text(item, finding, reading))
      }
    }
    guard !worst.isEmpty else { return nil }
    let names = worst.sorted { $0.key < $1.key }.map { slice, item in
      "\(reading.labels[slice]) (\(item.reason))"
    }
    let shown = Array(names.prefix(4))
    let more = names.count - shown.count
    let list =
      more > 0
      ? shown.joined(separator: ", ") + " and \(Format.count(more)) more" : Format.list(shown)
    return "Left out as too few, by \(reading.labels.attributes(attributes)): \(list)."
  }
}

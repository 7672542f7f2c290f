// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics

/// The comparisons that a gate is about.
struct SubjectFinder: Sendable {
  /// More would not be read by anybody.
  static let most = 20_000
  let index: ScorecardIndex
  let gate: Gate
  let meaning: GateMeaning

  /// - Throws: the reason why there is none, which nothing can make up for.
  func subjects() throws(Absence) -> [Subject] {
    if gate.change != nil {
      return try ChangeFinder(index: index, gate: gate, meaning: meaning).subjects()
    }
    var result: [Subject] = []
    for metric in meaning.metrics {
      for model in try models(metric) {
        let values = ValueEvidence(index: index, model: model, metric: metric)
        result +=
          meaning.form == .value ? try self.values(values) : try gaps(values)
        guard result.count <= Self.most else {
          throw Absence("more than \(Self.most) comparisons; name fewer groups with slices")
        }
      }
    }
    guard !result.isEmpty else { throw Absence("there is nothing to compare") }
    return result
  }

  /// Why a gate cannot be judged at all.
  struct Absence: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
  }

  private func models(_ metric: any Metric) throws(Absence) -> [String?] {
    let found = index.models(of: metric.id)
    if let model = gate.model {
      guard index.scorecard.models.contains(where: { $0.name == model }) else {
        throw Absence("the scorecard has no model '\(model)'")
      }
      // A property of the data belongs to every model.
      if found == [nil] { return found }
      guard found.contains(model) else {
        throw Absence("\(metric.id) was not measured for the model '\(model)'")
      }
      return [model]
    }
    guard !found.isEmpty else { throw Absence("\(metric.id) was not measured") }
    return found
  }

  private func values(_ evidence: ValueEvidence) throws(Absence) -> [Subject] {
    if gate.over.isEmpty {
      return (gate.slices.isEmpty ? [.overall] : gate.slices).map(evidence.subject)
    }
    return try members().map {
      $0.isKnown ? evidence.subject($0.slice) : missing($0.slice, evidence)
    }
  }

  private func missing(_ slice: Slice, _ evidence: ValueEvidence) -> Subject {
    .missing(
      "the scorecard has no slice \(slice)", model: evidence.model, metric: evidence.metric.id,
      slice: slice)
  }

  /// The groups compared, and named slices that are not among them.
  private func members() throws(Absence) -> [(slice: Slice, isKnown: Bool)] {
    let groups = try groups()
    guard !gate.slices.isEmpty else { return groups.map { ($0, true) } }
    let everybody = Set(index.slices(over: gate.over))
    return gate.slices.map { ($0, everybody.contains($0)) }
  }

  /// Without missing values, unless these count as a group.
  private func groups() throws(Absence) -> [Slice] {
    for attribute in gate.over
    where !index.scorecard.attributes.contains(where: { $0.name == attribute }) {
      throw Absence("the scorecard has no attribute '\(attribute)'")
    }
    let all = index.slices(over: gate.over)
    guard !all.isEmpty else {
      throw Absence("the scorecard does not cross \(gate.over.joined(separator: " and "))")
    }
    return all.filter { index.missingIsGroup || !$0.hasMissing }
  }

  private func gaps(_ values: ValueEvidence) throws(Absence) -> [Subject] {
    let evidence = GapEvidence(values: values, scope: gate.of, isRatio: meaning.form == .ratio)
    let groups = try groups()
    let named = try members().filter { !$0.isKnown }.map { missing($0.slice, values) }
    func isNamed(_ slice: Slice) -> Bool { gate.slices.isEmpty || gate.slices.contains(slice) }
    switch gate.of {
    case .pairs:
      if values.metric.comparison == .none { return named + [try range(values)] }
      // Named slices may be ones with missing values.
      let all = groups + gate.slices.filter { !groups.contains($0) && index.has($0) }
      guard all.count > 1 else { throw Absence("only one group") }
      guard all.count * (all.count - 1) / 2 <= Self.most else {
        throw Absence("more than \(Self.most) comparisons; name fewer groups with slices")
      }
      return named
        + all.indices.flatMap { first in
          all[..<first].compactMap { second -> Subject? in
            guard isNamed(all[first]) || isNamed(second) else { return nil }
            return evidence.subject(
              all[first], second, isHighestFirst: meaning.isHighestFirst)
          }
        }
    case .reference:
      let reference = try reference()
      let others = try members().filter { $0.isKnown && $0.slice != reference }
      guard !others.isEmpty || !named.isEmpty else { throw Absence("only one group") }
      return named
        + others.compactMap { evidence.subject($0.slice, reference, isHighestFirst: nil) }
    case .overall, .groups:
      return named
        + (try members()).filter(\.isKnown).compactMap {
          evidence.subject($0.slice, .overall, isHighestFirst: nil)
        }
    }
  }

  private func reference() throws(Absence) -> Slice {
    let attribute = index.scorecard.attributes.first { $0.name == gate.over.first }
    guard let attribute, let group = attribute.reference else {
      throw Absence("the attribute has no reference group")
    }
    return Slice([.init(attribute: attribute.name, group: group)])
  }

  /// The scorecard's own range, for a metric whose pairs are not in it.
  private func range(_ values: ValueEvidence) throws(Absence) -> Subject {
    let gap = index.scorecard.gaps.first {
      $0.model == values.model && $0.metric == values.metric.id && $0.kind == .maxMinDifference
        && $0.attributes == gate.over && $0.condition == nil
    }
    guard let gap else { throw Absence("the scorecard has no such gap of \(values.metric.id)") }
    var record = GateComparison(
      model: values.model, metric: values.metric.id, slice: gap.slice, reference: gap.reference)
    record.value = gap.value
    record.n = [gap.slice, gap.reference].compactMap { $0 }
      .compactMap { index.measurement(values.model, values.metric.id, $0).flatMap(index.support) }
      .min()
    if let excluded = gap.excluded.first {
      return Subject(
        record,
        obstacle: .insufficient(reason: "\(excluded.slice): \(excluded.reason)", growth: .infinity))
    }
    guard gap.status == .ok, let value = gap.value, let interval = gap.interval else {
      return Subject(
        record, obstacle: .unmeasured(reason: gap.reason ?? gap.intervalReason ?? "no interval"))
    }
    return Subject(record, evidence: .recorded(interval, value: value))
  }
}

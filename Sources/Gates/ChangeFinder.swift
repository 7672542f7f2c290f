// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandMetrics

/// The changes from a baseline to candidates that a gate is about.
struct ChangeFinder: Sendable {
  let index: ScorecardIndex
  let gate: Gate
  let meaning: GateMeaning

  func subjects() throws(SubjectFinder.Absence) -> [Subject] {
    let all = index.scorecard.comparisons
    guard !all.isEmpty else {
      throw SubjectFinder.Absence(
        "the scorecard compares no models: 'evenhand compare' adds their changes")
    }
    if let model = gate.model, !all.contains(where: { $0.candidate == model }) {
      throw SubjectFinder.Absence("'\(model)' is no candidate of the comparison")
    }
    let candidates = all.filter { gate.model == nil || $0.candidate == gate.model }
    let found = candidates.filter(isMeant)
    let absent = gate.slices.filter { slice in !found.contains { $0.touches(slice) } }
    guard !found.isEmpty || !absent.isEmpty else {
      throw SubjectFinder.Absence("the scorecard has no such change of \(gate.metric)")
    }
    return found.map(subject)
      + absent.map {
        .missing(
          "the scorecard has no such change for \($0)", model: gate.model, metric: gate.metric,
          slice: $0)
      }
  }

  private func isMeant(_ comparison: ModelComparison) -> Bool {
    guard let gap = comparison.gap else {
      return meaning.form == .value && comparison.slice.map(isMeant) ?? false
        && meaning.metrics.contains { $0.id == comparison.metric }
    }
    guard meaning.form != .value, gap.attributes.sorted() == gate.over.sorted(),
      gate.slices.isEmpty || gate.slices.contains(where: comparison.touches)
    else { return false }
    if case .named(let name) = gate.gap { return gap.name == name }
    return meaning.metrics.contains { $0.id == comparison.metric } && kinds.contains(gap.kind)
  }

  private func isMeant(_ slice: Slice) -> Bool {
    if !gate.slices.isEmpty { return gate.slices.contains(slice) }
    guard !gate.over.isEmpty else { return slice == .overall }
    return slice.attributes == gate.over.sorted() && (index.missingIsGroup || !slice.hasMissing)
  }

  private var kinds: Set<GapKind> {
    let isRatio = meaning.form == .ratio
    return switch gate.of {
    case .reference: [isRatio ? .ratioToReference : .differenceToReference]
    case .overall: [isRatio ? .ratioToOverall : .differenceToOverall]
    // The change of a range has no interval; that of every pair has one.
    case .pairs, .groups: isRatio ? [.minMaxRatio] : [.pairwiseDifference]
    }
  }

  private func subject(_ comparison: ModelComparison) -> Subject {
    var record = GateComparison(
      model: comparison.candidate, metric: comparison.metric,
      slice: comparison.slice ?? comparison.gap?.slice, reference: comparison.gap?.reference)
    record.baseline = comparison.baseline
    let isRatio = gate.change?.minRatio != nil || gate.change?.maxRatio != nil
    let change = isRatio ? comparison.ratio : comparison.difference
    record.value = change?.value
    record.n = support(comparison)
    var subject = Subject(record)
    guard comparison.status == .ok else {
      let reason = comparison.reason ?? comparison.status.rawValue.replacing("_", with: " ")
      subject.obstacle =
        comparison.status == .insufficient
        ? .insufficient(reason: reason, growth: .infinity) : .unmeasured(reason: reason)
      return subject
    }
    if !isRatio, comparison.gap?.kind.isRatio == false { return size(subject, comparison) }
    guard let change, let value = change.value, value.isFinite else {
      subject.obstacle = .unmeasured(
        reason: isRatio && comparison.ratio == nil
          ? "the comparison has no ratio" : "there is no value")
      return subject
    }
    if !isRatio, let pairs = comparison.discordant {
      subject.fraction = Fraction(pairs.candidateOnly - pairs.baselineOnly, pairs.pairs)
    }
    if !isRatio, let pairs = comparison.discordant {
      subject.evidence = .paired(
        PairedProportions(
          firstOnly: pairs.baselineOnly, secondOnly: pairs.candidateOnly, pairs: pairs.pairs))
    } else if let error = change.standardError, error > 0 {
      subject.evidence = .studentized(
        StudentizedBound(
          value: value, standardError: error,
          degreesOfFreedom: comparison.degreesOfFreedom.map { max(1, $0) } ?? .infinity,
          form: isRatio ? .ratio : .difference(width: .infinity)))
    } else if let interval = change.interval {
      subject.evidence = .recorded(interval, value: value)
    } else {
      subject.obstacle = .unmeasured(reason: change.intervalReason ?? "it has no interval")
    }
    return subject
  }

  /// Of a difference its size is judged: a gap that grows on the negative side grows.
  private func size(_ subject: Subject, _ comparison: ModelComparison) -> Subject {
    var result = subject
    guard let gap = comparison.gap, let slice = gap.slice, let reference = gap.reference,
      let before = comparison.baselineValue, let after = comparison.candidateValue,
      let error = comparison.difference.standardError, error > 0
    else {
      result.record.value = nil
      result.obstacle = .unmeasured(
        reason: comparison.difference.intervalReason ?? "it has no interval")
      return result
    }
    result.record.value = abs(after) - abs(before)
    let errors = [comparison.baseline, comparison.candidate].compactMap {
      index.gap($0, comparison.metric, gap.kind, slice, reference)?.standardError
    }
    guard errors.count == 2 else {
      result.obstacle = .unmeasured(reason: "the gap of one of the models has no standard error")
      return result
    }
    result.evidence = .size(
      GapSizeChange(
        baseline: before, candidate: after, baselineError: errors[0], candidateError: errors[1],
        differenceError: error, degreesOfFreedom: comparison.degreesOfFreedom ?? .infinity))
    return result
  }

  /// What the change rests on, in the smaller of its slices.
  private func support(_ comparison: ModelComparison) -> Int? {
    [comparison.slice, comparison.gap?.slice, comparison.gap?.reference].compactMap { $0 }
      .compactMap {
        (index.measurement(comparison.candidate, comparison.metric, $0)
          ?? index.measurement(nil, comparison.metric, $0)).flatMap(index.support)
      }.min()
  }
}

extension ModelComparison {
  fileprivate func touches(_ slice: Slice) -> Bool {
    self.slice == slice || gap?.slice == slice || gap?.reference == slice
  }
}

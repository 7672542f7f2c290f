// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandMetrics

/// What the comparison of two slices can be judged from.
struct GapEvidence: Sendable {
  let values: ValueEvidence
  let scope: GateScope
  let isRatio: Bool

  private typealias Reason = ValueEvidence.Reason
  private var index: ScorecardIndex { values.index }
  private var metric: any Metric { values.metric }

  /// Slice − reference, or slice ÷ reference; `nil` where the two are the same rows.
  ///
  /// - Parameter isHighestFirst: how pairs are turned; `nil`: left as they are.
  func subject(_ first: Slice, _ second: Slice, isHighestFirst: Bool?) -> Subject? {
    var (slice, reference) = (first, second)
    func value(_ slice: Slice) -> Double? {
      index.measurement(values.model, metric.id, slice)?.value
    }
    if let isHighestFirst, let a = value(first), let b = value(second), a != b,
      (a > b) != isHighestFirst
    {
      (slice, reference) = (second, first)
    }
    var record = GateComparison(
      model: values.model, metric: metric.id, slice: slice, reference: reference)
    guard let own = index.measurement(values.model, metric.id, slice) else {
      return Subject(record, obstacle: values.absent(slice))
    }
    guard let other = index.measurement(values.model, metric.id, reference) else {
      return Subject(record, obstacle: values.absent(reference))
    }
    if scope == .overall, isWhole(own, other) {
      return nil
    }
    record.n = [own, other].compactMap(index.support).min()
    let obstacles = [(own, slice), (other, reference)].compactMap { measured, slice in
      values.obstacle(measured, slice).map { Self.named($0, slice) }
    }
    record.value = Self.value(own.value, other.value, isRatio)
    if let obstacle = obstacles.first { return Subject(record, obstacle: obstacle) }
    guard let value = record.value else {
      return Subject(record, obstacle: .unmeasured(reason: "the reference's value is 0"))
    }
    var subject = Subject(record)
    if let a = values.fraction(own), let b = values.fraction(other) {
      subject.fraction = isRatio ? a.over(b) : a.minus(b)
    }
    switch evidence((own, slice), (other, reference), value) {
    case .success(let evidence): subject.evidence = evidence
    case .failure(let reason): subject.obstacle = .unmeasured(reason: reason.text)
    }
    return subject
  }

  /// Whether a slice has all rows that the metric counts, so that it cannot differ from them.
  private func isWhole(_ own: SliceMeasurement, _ all: SliceMeasurement) -> Bool {
    func same<Number: Equatable>(_ a: Number?, _ b: Number?) -> Bool { a != nil && a == b }
    return own.value != nil && (same(own.n, all.n) || same(own.denominator, all.denominator))
  }

  private static func value(_ a: Double?, _ b: Double?, _ isRatio: Bool) -> Double? {
    guard let a, let b else { return nil }
    if isRatio { return b == 0 ? nil : a / b }
    return a - b
  }

  private static func named(_ obstacle: Subject.Obstacle, _ slice: Slice) -> Subject.Obstacle {
    switch obstacle {
    case .insufficient(let reason, let growth):
      .insufficient(reason: "\(slice): \(reason)", growth: growth)
    case .unmeasured(let reason): .unmeasured(reason: "\(slice): \(reason)")
    case .missing(let reason): .missing(reason: reason)
    }
  }

  private func evidence(
    _ own: (SliceMeasurement, Slice), _ other: (SliceMeasurement, Slice), _ value: Double
  ) -> Result<Evidence, ValueEvidence.Reason> {
    if index.isSimple, metric is any DecisionMetric {
      guard metric is any Rate, isRatio || scope != .overall else {
        return values.counted(own.1, other.1, value: value)
      }
      guard let first = values.proportion(own.0), let second = values.proportion(other.0) else {
        return .failure(Reason(text: "its counts are not in the scorecard"))
      }
      let contrast: RateContrast =
        isRatio ? (scope == .overall ? .ratioToAll : .ratio) : .difference
      return .success(.rates(first, second, contrast))
    }
    return studentized(own, other, value)
  }

  private var kind: GapKind {
    switch scope {
    case .reference: isRatio ? .ratioToReference : .differenceToReference
    case .overall: isRatio ? .ratioToOverall : .differenceToOverall
    default: .pairwiseDifference
    }
  }

  /// From the scorecard's own record of the comparison, else from the two slices' standard errors.
  private func studentized(
    _ own: (SliceMeasurement, Slice), _ other: (SliceMeasurement, Slice), _ value: Double
  ) -> Result<Evidence, ValueEvidence.Reason> {
    guard let first = index.degreesOfFreedom(own.1), let second = index.degreesOfFreedom(other.1)
    else { return .failure(Reason(text: "the number of clusters is not in the scorecard")) }
    let width = metric.range.upperBound - metric.range.lowerBound
    let form = isRatio ? StudentizedBound.Form.ratio : .difference(width: width)
    func bound(_ error: Double) -> StudentizedBound {
      StudentizedBound(
        value: value, standardError: error, degreesOfFreedom: min(first, second), form: form)
    }
    if !(isRatio && scope == .pairs), let gap = recorded(own.1, other.1) {
      guard let interval = gap.interval, let error = gap.standardError, let stated = gap.value
      else {
        return .failure(Reason(text: gap.intervalReason ?? gap.reason ?? "it has no interval"))
      }
      var asStated = bound(error)
      asStated.value = stated
      if asStated.gives(interval) { return .success(.studentized(bound(error))) }
      return .success(
        .recorded(gap.slice == own.1 ? interval : interval.negated, value: value))
    }
    guard scope != .overall else {
      return .failure(Reason(text: "the scorecard has no such comparison with all rows"))
    }
    guard let error = error(own, other) else {
      return .failure(
        Reason(
          text: index.isClustered
            ? "the covariance of the two slices' clusters is not in the scorecard"
            : own.0.intervalReason ?? other.0.intervalReason ?? "no standard error"))
    }
    return .success(.studentized(bound(error)))
  }

  private func recorded(_ slice: Slice, _ reference: Slice) -> Gap? {
    index.gap(values.model, metric.id, kind, slice, reference)
      ?? (scope == .pairs ? index.gap(values.model, metric.id, kind, reference, slice) : nil)
  }

  /// Of a difference of disjoint slices, or of the logarithm of their ratio.
  private func error(
    _ own: (SliceMeasurement, Slice), _ other: (SliceMeasurement, Slice)
  ) -> Double? {
    guard own.0.interval != nil, other.0.interval != nil, let a = own.0.standardError,
      let b = other.0.standardError, let x = own.0.value, let y = other.0.value,
      metric.comparison != .none
    else { return nil }
    var covariance = 0.0
    if index.isClustered {
      let pair =
        index.gap(values.model, metric.id, .pairwiseDifference, own.1, other.1)
        ?? index.gap(values.model, metric.id, .pairwiseDifference, other.1, own.1)
      guard let error = pair?.standardError else { return nil }
      covariance = (a * a + b * b - error * error) / 2
    }
    let variance: Double
    if isRatio {
      guard x > 0, y > 0 else { return nil }
      variance = a * a / (x * x) + b * b / (y * y) - 2 * covariance / (x * y)
    } else {
      variance = a * a + b * b - 2 * covariance
    }
    return variance > 0 ? variance.squareRoot() : nil
  }
}

extension ReportedInterval {
  /// Of the same difference the other way round.
  var negated: ReportedInterval {
    var result = self
    guard let high else { return self }
    (result.low, result.high) = (-high, -low)
    return result
  }
}

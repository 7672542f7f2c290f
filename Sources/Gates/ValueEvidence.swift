// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandMetrics

/// What one slice's number and the comparison of two can be judged from.
struct ValueEvidence: Sendable {
  let index: ScorecardIndex
  let model: String?
  let metric: any Metric

  private var range: ClosedRange<Double> {
    StudentizedBound.range(metric, modelKind: index.kind(of: model))
  }

  /// A slice's own value.
  func subject(_ slice: Slice) -> Subject {
    var record = GateComparison(model: model, metric: metric.id, slice: slice)
    guard let found = index.measurement(model, metric.id, slice) else {
      return Subject(record, obstacle: absent(slice))
    }
    record.value = found.value
    record.n = index.support(found)
    if let obstacle = obstacle(found, slice) { return Subject(record, obstacle: obstacle) }
    var subject = Subject(record)
    subject.fraction = fraction(found)
    switch evidence(found, slice) {
    case .success(let evidence): subject.evidence = evidence
    case .failure(let reason): subject.obstacle = .unmeasured(reason: reason.text)
    }
    return subject
  }

  /// Why there is no measurement: a metric that was not reckoned, or a slice that is not there.
  func absent(_ slice: Slice) -> Subject.Obstacle {
    if let overall = index.measurement(model, metric.id, .overall), overall.status == .notMeasured {
      return .missing(reason: overall.reason ?? "\(metric.id) was not measured")
    }
    guard index.has(slice) else {
      return .missing(reason: "the scorecard has no slice \(slice)")
    }
    return .missing(reason: "\(metric.id) was not measured")
  }

  func obstacle(_ found: SliceMeasurement, _ slice: Slice) -> Subject.Obstacle? {
    let reason = found.reason ?? Self.words(found.status)
    switch found.status {
    case .ok:
      guard let value = found.value, value.isFinite else {
        return .unmeasured(reason: "there is no value")
      }
      return nil
    case .insufficient:
      let support = found.denominator ?? found.n.map(Double.init) ?? 0
      return .insufficient(
        reason: reason, growth: support > 0 ? max(1, index.minimum / support) : .infinity)
    case .undefined, .suppressed: return .unmeasured(reason: reason)
    case .notMeasured: return .missing(reason: reason)
    }
  }

  private static func words(_ status: Status) -> String {
    status.rawValue.replacing("_", with: " ")
  }

  /// Words that stand where evidence would.
  struct Reason: Error { var text: String }

  private func evidence(_ found: SliceMeasurement, _ slice: Slice) -> Result<Evidence, Reason> {
    if index.isSimple, metric is any DecisionMetric {
      if metric is any Rate {
        guard let rate = proportion(found) else {
          return .failure(Reason(text: "its counts are not in the scorecard"))
        }
        return .success(.rate(rate))
      }
      return counted(slice, nil, value: found.value)
    }
    guard let value = found.value, let interval = found.interval else {
      return .failure(Reason(text: noInterval(found)))
    }
    guard (range.lowerBound - 1e-9...range.upperBound + 1e-9).contains(value) else {
      return .failure(Reason(text: "the value lies outside the metric's range"))
    }
    if let error = found.standardError, let degrees = index.degreesOfFreedom(slice) {
      let bound = StudentizedBound(
        value: value, standardError: error, degreesOfFreedom: degrees, form: .value(range))
      if bound.gives(interval) { return .success(.studentized(bound)) }
    }
    return .success(.recorded(interval, value: value))
  }

  private func noInterval(_ found: SliceMeasurement) -> String {
    let reason = found.intervalReason ?? "it has no interval"
    guard metric.id == ExpectedCalibrationError().id else { return reason }
    return reason + "; gate on \(DebiasedSquaredCalibrationError().id), which has one, "
      + "or say on: point"
  }

  /// Limits from the tally; the reason why not where it is withheld.
  func counted(_ slice: Slice, _ reference: Slice?, value: Double?) -> Result<Evidence, Reason> {
    guard let tally = index.scorecard.tally else {
      return .failure(
        Reason(text: "its limits are reckoned from the tally, which is withheld"))
    }
    // A property of the data is in every model's tally.
    guard let name = model ?? tally.models.first, tally.models.contains(name), let value else {
      return .failure(Reason(text: "the tally has no such model"))
    }
    let question = CountedQuestion(metric: metric.id, slice: slice, reference: reference)
    return .success(.counted(model: name, question, value: value))
  }

  func proportion(_ found: SliceMeasurement) -> Proportion? {
    guard let successes = found.numerator, let trials = found.denominator, trials > 0,
      trials.isFinite, (0...trials).contains(successes)
    else { return nil }
    return Proportion(successes: successes, trials: trials)
  }

  /// The value as a ratio of counts, if it is just that.
  func fraction(_ found: SliceMeasurement) -> Fraction? {
    guard !index.isWeighted, let above = found.numerator, let below = found.denominator,
      found.value == above / below
    else { return nil }
    return Fraction(above, below)
  }
}

extension StudentizedBound {
  /// Whether the interval that the scorecard has follows from the value and its standard error.
  func gives(_ interval: ReportedInterval) -> Bool {
    let own =
      interval.family.map { self.interval(critical: $0.critical) }
      ?? self.interval(confidence: interval.level)
    guard let own, let high = interval.high else { return false }
    // Limits of gaps are kept to six digits.
    let slack = 2e-5 * max(abs(own.low), abs(own.high))
    return abs(own.low - interval.low) <= slack && abs(own.high - high) <= slack
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// Changes of metrics and gaps between two models of which only the numbers are known: variances add.
package struct UnpairedChanges: Sendable {
  private let measurements: [SliceMeasurement]
  private let gaps: [Gap]
  private let baseline: String
  private let candidate: String
  private let confidence: Double

  package init(
    measurements: [SliceMeasurement], gaps: [Gap], baseline: String, candidate: String,
    confidence: Double
  ) {
    self.measurements = measurements
    self.gaps = gaps
    self.baseline = baseline
    self.candidate = candidate
    self.confidence = confidence
  }

  /// Every metric on every slice, and every gap, that both models have.
  package func comparisons() -> [ModelComparison] {
    let bases = Dictionary(
      measurements.filter { $0.model == baseline }.map { (Key($0.metric, $0.slice), $0) },
      uniquingKeysWith: { first, _ in first })
    let own = measurements.filter { $0.model == candidate && isCompared($0.metric) }
    let sizes = familySizes(own)
    let ofSlices = own.compactMap { measurement -> ModelComparison? in
      guard let base = bases[Key(measurement.metric, measurement.slice)] else { return nil }
      let family = Key(
        measurement.metric,
        Slice(
          measurement.slice.assignments.map {
            .init(attribute: $0.attribute, group: nil)
          }))
      return ofSlice(base, measurement, size: sizes[family] ?? 1)
    }
    let gapBases = Dictionary(
      gaps.filter { $0.model == baseline }.map { (GapKey($0), $0) },
      uniquingKeysWith: { first, _ in first })
    let ofGaps = gaps.filter { $0.model == candidate && $0.condition == nil }.compactMap { gap in
      gapBases[GapKey(gap)].map { ofGap($0, gap) }
    }
    return ofSlices + ofGaps
  }

  private struct Key: Hashable {
    var metric: String
    var slice: Slice

    init(_ metric: String, _ slice: Slice) {
      self.metric = metric
      self.slice = slice
    }
  }

  private func isCompared(_ metric: String) -> Bool {
    !Catalogue.standard.counts.contains { $0.id == metric }
  }

  /// How many slices of a metric and of the same attributes are compared at once.
  private func familySizes(_ own: [SliceMeasurement]) -> [Key: Int] {
    own.filter { $0.status == .ok && !$0.slice.assignments.isEmpty }.reduce(into: [:]) {
      let attributes = Slice(
        $1.slice.assignments.map { .init(attribute: $0.attribute, group: nil) })
      $0[Key($1.metric, attributes), default: 0] += 1
    }
  }

  private func ofSlice(_ base: SliceMeasurement, _ own: SliceMeasurement, size: Int)
    -> ModelComparison
  {
    var result = ModelComparison(baseline: baseline, candidate: candidate, metric: own.metric)
    result.slice = own.slice
    (result.status, result.reason) = Status.ofBoth(
      (base.status, base.reason), (own.status, own.reason))
    (result.baselineValue, result.candidateValue) = (base.value, own.value)
    guard let b = base.value, let c = own.value else { return result }
    let metric = Catalogue.standard.metric(own.metric)
    result.difference = Change(value: c - b)
    if metric?.comparison == .differenceAndRatio, b > 0 { result.ratio = Change(value: c / b) }
    guard result.status == .ok, let x = base.standardError, let y = own.standardError, x + y > 0
    else {
      result.difference.intervalReason =
        own.intervalReason ?? base.intervalReason ?? "no standard error"
      return result
    }
    let family =
      size > 1
      ? "\(own.metric)/\(own.slice.attributes.joined(separator: "×"))/change" : nil
    set(&result, (x * x + y * y).squareRoot(), size: size, family, metric)
    if result.ratio != nil, c > 0 {
      setRatio(&result, (x * x / (b * b) + y * y / (c * c)).squareRoot(), size: size, family)
    }
    return result
  }

  private func ofGap(_ base: Gap, _ own: Gap) -> ModelComparison {
    var result = ModelComparison(baseline: baseline, candidate: candidate, from: base, to: own)
    guard base.value != nil, own.value != nil, !own.kind.isRange else { return result }
    guard result.status == .ok, let x = base.standardError, let y = own.standardError else {
      result.difference.intervalReason = "no standard error"
      return result
    }
    let error = (x * x + y * y).squareRoot()
    let size = own.interval?.family?.size ?? 1
    let family = own.interval?.family.map { $0.id + "/change" }
    if own.kind.isRatio {
      setRatio(&result, error, size: size, family)
    } else {
      set(&result, error, size: size, family, Catalogue.standard.metric(own.metric))
    }
    return result
  }

  /// Šidák's level for the family; normal theory.
  private func critical(_ size: Int) -> Double {
    Normal.critical(confidence: Sidak.each(confidence, count: size))
  }

  private func set(
    _ result: inout ModelComparison, _ error: Double, size: Int, _ family: String?,
    _ metric: (any Metric)?
  ) {
    guard let value = result.difference.value, error > 0 else { return }
    result.difference.standardError = error
    setPValue(&result, value / error, size: size)
    let reach = critical(size) * error
    let range = metric.map { $0.range.upperBound - $0.range.lowerBound } ?? .infinity
    let width = result.gap == nil ? range : 2 * range
    result.difference.interval = interval(
      max(-width, value - reach), min(width, value + reach), value, size, family)
  }

  private func setRatio(
    _ result: inout ModelComparison, _ error: Double, size: Int, _ family: String?
  ) {
    guard let value = result.ratio?.value, value > 0, error > 0 else { return }
    result.ratio?.standardError = error
    if result.pValue == nil { setPValue(&result, Double.log(value) / error, size: size) }
    let reach = critical(size) * error
    result.ratio?.interval = interval(
      value * Double.exp(-reach), value * Double.exp(reach), value, size, family)
  }

  private func setPValue(_ result: inout ModelComparison, _ z: Double, size: Int) {
    let pValue = max(PValue.twoSided(z), CriticalValue.smallestP)
    result.method = "unpaired"
    result.pValue = pValue
    result.adjustedPValue = Sidak.adjusted(pValue, count: size)
  }

  private func interval(
    _ low: Double, _ high: Double, _ value: Double, _ size: Int, _ family: String?
  ) -> ReportedInterval {
    ReportedInterval(
      low: min(low, value), high: max(high, value), level: confidence, method: "unpaired",
      family: family.map { Family(id: $0, size: size, critical: rounded(critical(size))) })
  }
}

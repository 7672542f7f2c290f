// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// Equalized odds: the worse of the gaps in true and in false positive rate.
///
/// Its interval comes from one family over the pairs of both rates, so that it is valid for the larger
/// of two ranges too.
struct EqualizedOdds {
  let plan: Plan
  let truePositives: GapBuilder
  let falsePositives: GapBuilder

  func gaps() -> [Gap] {
    plan.slices.groupings.indices.flatMap { grouping in
      [false, true].map { gap(grouping, isRatio: $0) }
    }
  }

  private func gap(_ index: Int, isRatio: Bool) -> Gap {
    let grouping = plan.slices.groupings[index]
    let kind = isRatio ? GapKind.minMaxRatio : .maxMinDifference
    var gap = truePositives.blank(kind, grouping)
    gap.metric = "equalized_odds"
    gap.name = NamedGap.name(metric: gap.metric, kind: kind)
    // A slice may be left out of one rate and take part in the other.
    gap.excluded = [truePositives, falsePositives].flatMap { builder in
      builder.blank(kind, grouping).excluded.map { exclusion in
        var named = exclusion
        named.reason = "\(builder.estimates.metric.id): \(exclusion.reason)"
        return named
      }
    }
    let parts = [truePositives, falsePositives].map { Part($0, index, isRatio, plan) }
    gap.components = parts.map {
      GapComponent(metric: $0.builder.estimates.metric.id, value: $0.value)
    }
    let measured = parts.filter { $0.value != nil }
    guard measured.count == 2 else {
      gap.status = gap.excluded.isEmpty ? .undefined : .insufficient
      gap.reason = "one of the two rates cannot be compared"
      return gap
    }
    func isWorse(_ a: Part, _ b: Part) -> Bool {
      isRatio ? (a.value ?? 1) < (b.value ?? 1) : (a.value ?? 0) > (b.value ?? 0)
    }
    let worst = isWorse(parts[1], parts[0]) ? parts[1] : parts[0]
    guard let value = worst.value else { return gap }
    gap.value = value
    gap.slice = plan.slices.slices[isRatio ? worst.lowest : worst.highest]
    gap.reference = plan.slices.slices[isRatio ? worst.highest : worst.lowest]
    addInterval(&gap, parts, value, isRatio)
    gap.missingBounds = MissingBoundsFinder.worst(
      parts.compactMap { part in
        part.value.map { value in
          (
            value,
            part.builder.missing.range(grouping: index, slices: part.slices, isRatio: isRatio)
          )
        }
      }, isRatio: isRatio)
    return gap
  }

  private func addInterval(_ gap: inout Gap, _ parts: [Part], _ value: Double, _ isRatio: Bool) {
    let confidence = plan.configuration.confidence
    let contrasts = parts.flatMap(\.contrasts)
    var critical =
      parts.map {
        $0.theory(truePositives.theory.tukeyOfTwo, confidence: confidence.squareRoot())
      }.max() ?? 0
    var stretch = 1.0
    var method = "tukey"
    var adjusted: MaxT?
    let maxima = parts.compactMap(\.maxima)
    if maxima.count == 2 {
      let both = MaxT(maxima: zip(maxima[0], maxima[1]).map(max))
      let own = both.criticalValue(confidence: confidence)
      critical = max(critical, own)
      stretch = own / critical
      adjusted = both
      method = "max_t"
    } else if plan.rows.isClustered {
      method = "sidak"
    }
    critical = rounded(critical)
    let nearest = max(
      0, contrasts.map { abs($0.distance) - critical * $0.standardError }.max() ?? 0)
    let farthest = contrasts.map { abs($0.distance) + critical * $0.standardError }.max() ?? 0
    let low = isRatio ? Double.exp(-farthest) : nearest
    let high = isRatio ? Double.exp(-nearest) : min(1, farthest)
    var id = "equalized_odds/\(gap.attributes.joined(separator: "×"))/pairs"
    if isRatio { id += "/ratio" }
    if let condition = gap.condition { id += "/\(condition)" }
    let interval = rounded(
      ReportedInterval(
        low: min(low, value), high: max(high, value), level: confidence, method: method,
        family: Family(id: id, size: contrasts.count, critical: critical)),
      containing: value)
    if interval.low < interval.high ?? .infinity { gap.interval = interval }
    let t = contrasts.map(\.t).max() ?? 0
    let p = adjusted?.pValue(t * stretch) ?? parts.map { $0.tail(t) }.reduce(0, +)
    gap.adjustedPValue = rounded(min(1, max(p, CriticalValue.smallestP)))
    if let ends = parts.flatMap(\.ends).max(by: { $0.standardError < $1.standardError }) {
      gap.standardError = ends.standardError
      let distance = (critical + Normal.quantile(GapBuilder.power)) * ends.standardError
      gap.minimumDetectable = rounded(isRatio ? Double.exp(-distance) : distance)
    }
    gap.noiseFloor = truePositives.theory.noise.ofLargest(parts.map(\.errors), isRatio: isRatio)
  }

  /// One of the two rates within a grouping.
  private struct Part {
    let builder: GapBuilder
    var contrasts: [Contrast] = []
    var maxima: [Double]?
    var value: Double?
    var highest = 0
    var lowest = 0
    /// The contrast between the highest and the lowest group.
    var ends: [Contrast] = []
    /// Standard errors of the groups' values, or of their logarithms.
    var errors: [Double] = []
    var slices: [Int] = []
    private var groups = 0
    private var degrees = Double.infinity

    init(_ builder: GapBuilder, _ grouping: Int, _ isRatio: Bool, _ plan: Plan) {
      self.builder = builder
      guard
        let place = builder.families.firstIndex(where: {
          $0.grouping == grouping && $0.isRatio == isRatio && $0.against == .pairs
        })
      else { return }
      let family = builder.families[place]
      let estimates = builder.estimates
      contrasts = estimates.contrasts(family, plan.slices)
      maxima = builder.maxima?[place]
      slices = family.slices
      groups = family.slices.count
      degrees = family.slices.map(estimates.degrees).min() ?? .infinity
      let values = family.slices.map { ($0, estimates.estimates[$0].value ?? .nan) }
      guard let (high, low) = GapBuilder.ends(values), !contrasts.isEmpty,
        !(isRatio && high.1 <= 0)
      else { return }
      (highest, lowest) = (high.0, low.0)
      value = isRatio ? low.1 / high.1 : high.1 - low.1
      ends = contrasts.filter { Set([$0.slice, $0.reference]) == Set([high.0, low.0]) }
      errors = family.slices.compactMap {
        (isRatio
          ? estimates.estimates[$0].logarithm?.variance : estimates.estimates[$0].variance)?
          .squareRoot()
      }
    }

    /// The two rates rest on different rows, so each takes the square root of the confidence.
    func theory(_ tukey: TukeyTable, confidence: Double) -> Double {
      guard groups > 1 else { return 0 }
      if degrees.isFinite {
        let each = Double.pow(confidence, 1 / Double(max(1, contrasts.count)))
        return StudentT.quantile((1 + each) / 2, degreesOfFreedom: degrees)
      }
      return tukey.critical(groups: groups)
    }

    func tail(_ t: Double) -> Double {
      guard groups > 1 else { return 0 }
      if degrees.isFinite {
        return Double(contrasts.count) * 2 * StudentT.cumulative(-t, degreesOfFreedom: degrees)
      }
      return 1 - StudentizedRange.cumulative(t * 2.0.squareRoot(), groups: groups)
    }
  }
}

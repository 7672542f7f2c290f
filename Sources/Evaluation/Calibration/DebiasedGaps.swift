// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandInference
import EvenhandParallel
import RealModule

/// Gaps of the debiased squared calibration error: to the reference, and max − min.
///
/// Every interval has the level that lets all of a family hold at once by Šidák's bound. For the groups
/// of single attributes; not for clustered rows.
struct DebiasedGaps {
  let builder: GapBuilder
  /// By slice.
  let calibrations: [DebiasedCalibration?]

  private var plan: Plan { builder.plan }
  private var confidence: Double { plan.configuration.confidence }

  func gaps(_ parallel: Parallel) -> [Gap] {
    guard !plan.rows.isClustered else { return [] }
    let groupings = plan.slices.groupings.filter { $0.attributes.count == 1 }
    return parallel.map(2 * groupings.count) { item -> [Gap] in
      let grouping = groupings[item / 2]
      let members = grouping.comparable.filter { builder.estimates.isComparable($0) }
      guard members.count > 1 else { return [] }
      return item.isMultiple(of: 2)
        ? againstReference(grouping, members) : [range(grouping, members)]
    }.flatMap { $0 }
  }

  private func againstReference(_ grouping: Grouping, _ members: [Int]) -> [Gap] {
    guard let reference = grouping.reference, members.contains(reference) else { return [] }
    let others = members.filter { $0 != reference }
    let family = SidakFamily(size: others.count, confidence: confidence)
    let anchor = calibrations[reference]?.estimate(confidence: family.each)
    return others.compactMap { slice -> Gap? in
      let own = calibrations[slice]?.estimate(confidence: family.each)
      guard let found = anchor.flatMap({ own?.minus($0) }) else { return nil }
      var gap = builder.blank(.differenceToReference, grouping)
      fill(&gap, slice, reference, found.standardError, family)
      gap.value = found.value
      gap.interval = interval(
        found.interval.low, found.interval.high, grouping, family, "reference")
      let p = pValue(slice, reference)
      gap.pValue = rounded(p)
      gap.adjustedPValue = rounded(family.adjusted(p))
      return gap
    }
  }

  private func range(_ grouping: Grouping, _ members: [Int]) -> Gap {
    var gap = builder.blank(.maxMinDifference, grouping)
    let family = SidakFamily(size: members.count * (members.count - 1) / 2, confidence: confidence)
    let estimates = members.map { calibrations[$0]?.estimate(confidence: family.each) }
    func difference(_ one: Int, _ other: Int) -> DebiasedCalibrationDifference? {
      estimates[other].flatMap { estimates[one]?.minus($0) }
    }
    let values = estimates.enumerated().map { ($0, $1?.value ?? .nan) }
    guard let top = values.max(by: { $0.1 < $1.1 })?.0,
      let bottom = values.min(by: { $0.1 < $1.1 })?.0, let ends = difference(top, bottom)
    else { return gap }
    let (highest, lowest) = (members[top], members[bottom])
    var (nearest, farthest) = (0.0, 0.0)
    for one in members.indices {
      for other in 0..<one {
        guard let found = difference(one, other) else { continue }
        nearest = max(nearest, found.interval.low, -found.interval.high)
        farthest = max(farthest, -found.interval.low, found.interval.high)
      }
    }
    fill(&gap, highest, lowest, ends.standardError, family)
    gap.value = ends.value
    gap.interval = interval(
      min(nearest, ends.value), max(farthest, ends.value), grouping, family, "pairs")
    gap.adjustedPValue = rounded(family.adjusted(pValue(highest, lowest)))
    gap.noiseFloor = builder.theory.noise.ofLargest(
      [estimates.compactMap { $0?.standardError }], isRatio: false)
    return gap
  }

  private func fill(
    _ gap: inout Gap, _ slice: Int, _ reference: Int, _ standardError: Double,
    _ family: SidakFamily
  ) {
    gap.slice = plan.slices.slices[slice]
    gap.reference = plan.slices.slices[reference]
    gap.standardError = standardError
    gap.minimumDetectable = rounded(
      (family.critical + Normal.quantile(GapBuilder.power)) * standardError)
  }

  private func interval(
    _ low: Double, _ high: Double, _ grouping: Grouping, _ family: SidakFamily, _ against: String
  ) -> ReportedInterval {
    let attributes = grouping.attributes.joined(separator: "×")
    var id = "\(builder.estimates.metric.id)/\(attributes)/\(against)"
    let context = plan.slices.slices[grouping.context]
    if !context.assignments.isEmpty { id += "/\(context)" }
    return ReportedInterval(
      low: low, high: high, level: confidence, method: "joint_inverted_tests",
      family: Family(id: id, size: family.size, critical: rounded(family.critical)))
  }

  /// One less the confidence at which the interval of a difference begins to contain 0, to 1 %.
  private func pValue(_ slice: Int, _ reference: Int) -> Double {
    guard let own = calibrations[slice], let other = calibrations[reference] else { return 1 }
    func excludes(_ p: Double) -> Bool {
      let found = own.estimate(confidence: 1 - p).minus(other.estimate(confidence: 1 - p))
      return found.interval.low > 0 || found.interval.high < 0
    }
    guard excludes(0.999) else { return 1 }
    // On the scale of logarithms: a p-value is never 0.
    var (low, high) = (Double.log(Self.smallestP), 0.0)
    while high - low > 0.01 {
      let middle = (low + high) / 2
      if excludes(Double.exp(middle)) { high = middle } else { low = middle }
    }
    return Double.exp(high)
  }

  private static let smallestP = 1e-9
}

/// Intervals that hold at once because each holds at a higher level.
///
/// Source: Šidák 1967, doi:10.1080/01621459.1967.10482935.
struct SidakFamily {
  let size: Int
  /// The level of each.
  let each: Double

  init(size: Int, confidence: Double) {
    self.size = max(1, size)
    each = Double.pow(confidence, 1 / Double(self.size))
  }

  /// The standard errors that a normal interval would reach.
  var critical: Double { Normal.critical(confidence: each) }

  /// 1 − (1 − p)^size without losing a small p.
  func adjusted(_ p: Double) -> Double {
    Sidak.adjusted(p, count: size)
  }
}

// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandPower
import EvenhandScorecards

/// One attribute's groups against their reference, for one model.
struct PowerGroups {
  let metric: any Metric
  /// `nil` where there is no model, or the metric is a property of the data.
  let model: String?
  let attribute: AttributeRecord
  let result: EvaluationResult
  let assurance: PowerAssurance
  let margin: Double?
  /// In place of the reference's own rate.
  let supposedRate: Double?
  /// Whether rows are unweighted and independent.
  let isSimple: Bool

  private typealias Group = PowerTableRecord.Group

  var record: PowerTableRecord.Family {
    let members = self.members
    let compared = members.filter(\.isCompared)
    let reference = compared.first { $0.isReference }
    let others = compared.filter { !$0.isReference }
    let rate = plannedRate(reference)
    let critical = reference.flatMap { criticalValue($0, others) }
    let groups = members.map { member -> Group in
      guard let reference, let critical else {
        return member.group(reason: "the reference has too few \(metric.supportName)")
      }
      return judged(member, reference, rate: rate, critical)
    }
    return PowerTableRecord.Family(
      model: model, attribute: attribute.name, reference: attribute.reference, plannedRate: rate,
      plannedRateIsObserved: rate != nil && supposedRate == nil,
      comparisons: assurance.kind == .pairs
        ? compared.count * (compared.count - 1) / 2 : others.count,
      critical: critical, groups: groups)
  }

  // MARK: What is compared

  private var members: [PowerMember] {
    let names = attribute.groups.map(Optional.some) + (attribute.missing == 0 ? [] : [nil])
    return names.compactMap { name in
      let slice = Slice([.init(attribute: attribute.name, group: name)])
      guard
        let measurement = result.measurements.first(where: {
          $0.metric == metric.id && $0.slice == slice && (model == nil || $0.model == model)
        })
      else { return nil }
      return PowerMember(
        name: name, isReference: name == attribute.reference, measurement: measurement,
        isRate: metric is any Rate, isSimple: isSimple, supposedRate: supposedRate,
        clusters: result.slices.first { $0.slice == slice }?.clusters)
    }
  }

  /// The reference's rate, kept off 0 and 1 by one row in and one out.
  private func plannedRate(_ reference: PowerMember?) -> Double? {
    guard metric is any Rate else { return nil }
    if let supposedRate { return supposedRate }
    guard let reference, let value = reference.measurement.value else { return nil }
    guard value == 0 || value == 1, let rows = reference.rows else { return value }
    return (value * rows + 1) / (rows + 2)
  }

  private func criticalValue(_ reference: PowerMember, _ others: [PowerMember]) -> Double? {
    guard !others.isEmpty else { return nil }
    if assurance.kind == .pairs {
      return ComparisonFamily.pairs(groups: others.count + 1)
        .critical(confidence: assurance.confidence)
    }
    return ComparisonFamily.criticalToReference(
      of: reference.weight, groups: others.map(\.weight), confidence: assurance.confidence)
  }

  // MARK: What can be seen

  private func judged(
    _ member: PowerMember, _ reference: PowerMember, rate: Double?, _ critical: Double
  ) -> Group {
    if member.isReference { return member.group(reason: nil) }
    let carried = member.carried(critical, beside: reference)
    var group = member.group(reason: nil)
    if let rate, let own = member.rows, let other = reference.rows {
      let gaps = PowerRateGaps(
        rate: rate, sizes: SampleSizes(group: own, reference: other), critical: carried,
        power: assurance.power, isEnumerable: isSimple)
      if member.isCompared {
        group.detectableBelow = gaps.detectable(isAbove: false)
        group.detectableAbove = gaps.detectable(isAbove: true)
        group.method = gaps.method
      }
      if let margin { setNeeded(&group, gaps.needed(margin), per: member) }
    } else if let own = member.measurement.standardError,
      let other = reference.measurement.standardError
    {
      let gap = DetectableGap.atStandardError(
        (own * own + other * other).squareRoot(), critical: carried, power: assurance.power)
      if member.isCompared {
        (group.detectableBelow, group.detectableAbove) = (-gap, gap)
        group.method = "standard_error"
      }
      if let margin, let rows = group.denominator {
        // The group's variance falls with its rows; the reference's stays.
        let one = DetectableGap.atStandardError(1, critical: carried, power: assurance.power)
        let left = (margin / one) * (margin / one) - other * other
        setNeeded(&group, left > 0 ? rows * own * own / left : nil, per: nil)
      }
    }
    return group
  }

  /// - Parameter member: whose rows are not worth as many independent ones.
  private func setNeeded(_ group: inout Group, _ rows: Double?, per member: PowerMember?) {
    guard let rows, rows <= PowerLimits.rows else {
      group.neededReason = "the reference is too small"
      return
    }
    group.needed = Int((rows * (member?.rowsPerIndependent ?? 1)).rounded(.up))
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandPower

/// The gaps of a rate that a group beside a reference can show, and the rows it would need.
struct PowerRateGaps {
  let rate: Double
  /// Independent rows.
  let sizes: SampleSizes
  let critical: Double
  let power: Double
  /// Whether rows are counts of independent people.
  let isEnumerable: Bool

  private var isEnumerated: Bool {
    isEnumerable && sizes.group + sizes.reference <= ExactPower.mostRows
  }

  var method: String {
    isEnumerated ? ExactPower.Method.newcombeT.rawValue : "pooled_z"
  }

  /// Signed; `nil` where no rate on that side is told from the reference's.
  func detectable(isAbove: Bool) -> Double? {
    if isEnumerated {
      return ExactPower(
        isAbove ? .exceeds(0) : .isBelow(0), method: .newcombeT, critical: critical,
        group: Int(sizes.group), reference: Int(sizes.reference)
      ).detectableRate(reference: rate, isAbove: isAbove, power: power).map { $0 - rate }
    }
    return TwoProportionPower(group: rate, reference: rate, critical: critical)
      .detectable(isAbove: isAbove, sizes: sizes, power: power).map { $0 - rate }
  }

  /// The group's independent rows that show a margin on either side where there is a rate; `nil` where
  /// the reference is too small.
  func needed(_ margin: Double) -> Double? {
    let rates = [rate - margin, rate + margin].filter { $0 > 0 && $0 < 1 }
    let rows = rates.map { group -> Double? in
      let design = TwoProportionPower(group: group, reference: rate, critical: critical)
      guard let formula = design.groupSize(power: power, reference: sizes.reference) else {
        return nil
      }
      let exact =
        isEnumerable
        ? design.exactGroupSize(power: power, reference: sizes.reference) : nil
      return max(formula.rounded(.up), exact ?? 0)
    }
    guard !rows.isEmpty, !rows.contains(nil) else { return nil }
    return rows.compactMap { $0 }.max()
  }
}

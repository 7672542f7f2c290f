// SPDX-License-Identifier: Apache-2.0
import Evenhand
import EvenhandPower

/// A group of a table, as it was measured.
struct PowerMember {
  /// `nil`: rows without a value.
  let name: String?
  let isReference: Bool
  let measurement: SliceMeasurement
  let isRate: Bool
  let isSimple: Bool
  let supposedRate: Double?
  let clusters: Int?

  /// Whether a scorecard would compare it.
  var isCompared: Bool {
    name != nil && measurement.status == .ok && (isRate ? rows != nil : error != nil)
  }

  private var error: Double? {
    measurement.standardError.flatMap { $0 > 0 ? $0 : nil }
  }

  /// Independent rows that a rate rests on, or that it is worth: p(1 − p)/se².
  var rows: Double? {
    guard isRate, let denominator = measurement.denominator, denominator > 0 else { return nil }
    if isSimple { return denominator }
    guard let value = measurement.value, value > 0, value < 1, let error else { return nil }
    return value * (1 - value) / (error * error)
  }

  /// What 1 over the variance is proportional to, among groups of one family.
  var weight: Double { rows ?? error.map { 1 / ($0 * $0) } ?? 1 }

  /// Rows of the table for one independent row.
  var rowsPerIndependent: Double {
    guard let rows, let denominator = measurement.denominator else { return 1 }
    return denominator / rows
  }

  /// Clusters are few: Student's t, as for their intervals.
  func carried(_ critical: Double, beside reference: PowerMember) -> Double {
    guard let clusters, let others = reference.clusters, min(clusters, others) > 1 else {
      return critical
    }
    return StudentCritical.value(
      critical, degreesOfFreedom: Double(min(clusters, others) - 1))
  }

  /// The record, without what it can show.
  func group(reason: String?) -> PowerTableRecord.Group {
    let isPlanned = supposedRate != nil
    // Without a model a rate has no value, but what it rests on is known.
    let isFree = isPlanned && measurement.status == .ok
    return PowerTableRecord.Group(
      group: name, isReference: isReference,
      status: name == nil && measurement.status == .ok ? .notMeasured : measurement.status,
      reason: reason ?? measurement.reason
        ?? (name == nil ? "rows without a value are not compared" : nil),
      n: measurement.n, denominator: measurement.denominator, effectiveDenominator: rows,
      value: isFree ? nil : measurement.value, detectableBelow: nil, detectableAbove: nil,
      method: nil, needed: nil, neededReason: nil)
  }
}

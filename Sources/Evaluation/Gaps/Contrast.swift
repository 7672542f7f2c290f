// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// One slice against another: a difference of values, or of logarithms of smoothed values.
struct Contrast: Sendable {
  var slice: Int
  var reference: Int
  /// Of values, or of logarithms for a ratio.
  var distance: Double
  var standardError: Double

  var t: Double { abs(distance) / standardError }
}

extension MetricEstimates {
  /// The contrast of two slices of a family; `nil` without variation.
  func contrast(_ slice: Int, _ reference: Int, _ family: ContrastFamily, _ slices: SliceTable)
    -> Contrast?
  {
    let (own, other) = (estimates[slice], estimates[reference])
    let distance: Double
    var variance: Double
    if family.isRatio {
      guard let a = own.logarithm, let b = other.logarithm else { return nil }
      distance = a.value - b.value
      variance = a.variance + b.variance
    } else {
      guard let a = own.value, let b = other.value, let v = own.variance, let w = other.variance
      else { return nil }
      distance = a - b
      variance = v + w
    }
    variance -= 2 * covariance(slice, reference, family, slices)
    guard variance > 0, variance.isFinite, distance.isFinite else { return nil }
    return Contrast(
      slice: slice, reference: reference, distance: distance,
      standardError: variance.squareRoot())
  }

  /// Disjoint slices of independent rows have none; a slice and its context share the slice's rows.
  private func covariance(_ a: Int, _ b: Int, _ family: ContrastFamily, _ slices: SliceTable)
    -> Double
  {
    if family.against == .overall {
      return family.isRatio
        ? estimates[a].logarithm?.covarianceWithContext ?? 0
        : estimates[a].covarianceWithContext ?? 0
    }
    guard !joint.isEmpty else { return 0 }
    let members = slices.groupings[family.grouping].members
    guard let row = members.firstIndex(of: a), let column = members.firstIndex(of: b) else {
      return 0
    }
    let covariance = joint[family.grouping][row, column]
    guard family.isRatio, let x = estimates[a].value, let y = estimates[b].value, x * y != 0 else {
      return family.isRatio ? 0 : covariance
    }
    return covariance / (x * y)
  }

  /// All contrasts of a family.
  func contrasts(_ family: ContrastFamily, _ slices: SliceTable) -> [Contrast] {
    if let anchor = family.anchor {
      return family.slices.compactMap { contrast($0, anchor, family, slices) }
    }
    return family.slices.indices.flatMap { first in
      family.slices[..<first].compactMap {
        contrast(family.slices[first], $0, family, slices)
      }
    }
  }

  /// Sets the logarithms of values that ratios are taken of, where they are not smoothed ones.
  mutating func addLogarithms(_ slices: SliceTable) {
    guard metric.comparison == .differenceAndRatio else { return }
    for slice in estimates.indices where estimates[slice].logarithm == nil {
      guard let value = estimates[slice].value, value > 0, let variance = estimates[slice].variance,
        let context = estimates[slices.contexts[slice]].value, context > 0
      else { continue }
      estimates[slice].logarithm = Estimate.Logarithm(
        value: Double.log(value), variance: variance / (value * value),
        covarianceWithContext: (estimates[slice].covarianceWithContext ?? 0) / (value * context))
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

extension ClusterEngine {
  /// Reduces replicates to the largest |t*| of every family and the pivots of single slices, for one
  /// target.
  struct Worker {
    private(set) var result: Replicates
    private let target: Target
    private let form: Form
    private let clusters: Clusters
    private let comparisons: [Comparison]
    /// Slices that some family or pivot needs.
    private let needed: [Int]
    private let values: [Double]
    /// By pivot slice: the estimate on the metric's scale.
    private let centres: [Double]
    private var states: [State]

    /// The families of the differences and of the ratios of the same slices, which share covariances.
    private struct Comparison {
      var family: ContrastFamily
      /// Places among the target's families.
      var difference: Int?
      var ratio: Int?

      static func all(of families: [ContrastFamily]) -> [Comparison] {
        var result: [Comparison] = []
        var places: [ContrastFamily: Int] = [:]
        for (index, family) in families.enumerated() {
          var key = family
          key.isRatio = false
          let place = places[key] ?? result.count
          if place == result.count {
            places[key] = place
            result.append(Comparison(family: key))
          }
          let kind = family.isRatio ? \Comparison.ratio : \Comparison.difference
          result[place][keyPath: kind] = index
        }
        return result
      }
    }

    /// What one replicate says of a slice; NaN where it says nothing.
    struct State: Sendable {
      var value = Double.nan
      var variance = Double.nan
      var error = Double.nan
      var logError = Double.nan
      /// By the form's places.
      var gradient = SIMD8<Double>()
      /// √(G*/(G*−1)).
      var correction = 1.0
    }

    init(_ target: Target, _ form: Form, _ clusters: Clusters) {
      self.target = target
      self.form = form
      self.clusters = clusters
      comparisons = Comparison.all(of: target.families)
      needed = Set(target.families.flatMap { $0.slices + ($0.anchor.map { [$0] } ?? []) })
        .union(target.pivotSlices).sorted()
      values = target.estimates.estimates.map { $0.value ?? .nan }
      let values = values
      centres = target.pivotSlices.map { target.scale.transform(values[$0]) }
      states = Array(repeating: State(), count: values.count)
      result = Replicates(
        maxima: target.families.map { _ in [] }, pivots: target.pivotSlices.map { _ in [] },
        undefined: Dictionary(uniqueKeysWithValues: needed.map { ($0, 0) }))
    }

    /// Takes in one replicate.
    mutating func record(_ sums: Sums, _ replicate: Int) {
      for slice in needed {
        states[slice] = state(slice, sums, replicate)
        if states[slice].variance.isNaN { result.undefined[slice, default: 0] += 1 }
      }
      for comparison in comparisons {
        let largest = largest(comparison, sums, replicate)
        if let index = comparison.difference { result.maxima[index].append(largest.difference) }
        if let index = comparison.ratio { result.maxima[index].append(largest.ratio) }
      }
      for (index, slice) in target.pivotSlices.enumerated() {
        result.pivots[index].append(
          target.scale.pivot(
            replicate: states[slice].value, variance: states[slice].variance,
            estimate: values[slice], transformed: centres[index]))
      }
    }

    /// Value and CR1 variance of a slice in a replicate.
    func state(_ slice: Int, _ sums: Sums, _ replicate: Int) -> State {
      var state = State()
      let totals = sums.sums(form, slice, replicate)
      state.value = form.value(totals)
      guard !state.value.isNaN else { return state }
      let slope = form.gradient(totals)
      for (place, slot) in form.slots.enumerated() { state.gradient[place] = slope[slot] }
      let count = sums.clusters(slice, replicate)
      if count > 1 { state.correction = (count / (count - 1)).squareRoot() }
      let spread = sums.product(form, slice: slice, replicate, state.gradient, state.gradient)
      if spread > 1e-12 * sums.magnitude(form, slice, replicate, state.gradient) {
        state.variance = spread * state.correction * state.correction
      } else if let unit = form.unit {
        state.variance = smoothed(state.value, units: sums.units(unit, slice, replicate))
      }
      state.error = state.value - values[slice]
      if state.value > 0, values[slice] > 0 {
        state.logError = Double.log(state.value) - Double.log(values[slice])
      }
      return state
    }

    /// Clusters that all agree on a rate, as at its ends: each counts as one row of the denominator.
    private func smoothed(_ value: Double, units: Double) -> Double {
      let inside = (value * units + 1) / (units + 2)
      return inside * (1 - inside) / (units + 2)
    }

    /// The largest |t*| of a comparison's difference and ratio; undefined slices are passed over.
    private func largest(_ comparison: Comparison, _ sums: Sums, _ replicate: Int)
      -> (difference: Double, ratio: Double)
    {
      var largest = (difference: 0.0, ratio: 0.0)
      let family = comparison.family
      func take(_ first: Int, _ second: Int) {
        let (own, other) = (states[first], states[second])
        let covariance = covariance(first, second, family, sums, replicate)
        if comparison.difference != nil {
          let square = Self.square(
            own.error - other.error, own.variance, other.variance, covariance)
          if square > largest.difference { largest.difference = square }
        }
        if comparison.ratio != nil {
          let square = Self.square(
            own.logError - other.logError, own.variance / (own.value * own.value),
            other.variance / (other.value * other.value), covariance / (own.value * other.value))
          if square > largest.ratio { largest.ratio = square }
        }
      }
      if let anchor = family.anchor {
        for slice in family.slices { take(slice, anchor) }
      } else {
        for index in family.slices.indices {
          for other in 0..<index { take(family.slices[other], family.slices[index]) }
        }
      }
      return (largest.difference.squareRoot(), largest.ratio.squareRoot())
    }

    /// t²; NaN, which is larger than nothing, where it is undefined.
    private static func square(_ distance: Double, _ v: Double, _ w: Double, _ covariance: Double)
      -> Double
    {
      let variance = v + w - 2 * covariance
      let square = distance * distance / variance
      return variance > 1e-12 * (v + w) && square.isFinite ? square : .nan
    }

    /// Of two slices: over the clusters that have rows in both.
    private func covariance(
      _ first: Int, _ second: Int, _ family: ContrastFamily, _ sums: Sums, _ replicate: Int
    ) -> Double {
      let (own, other) = (states[first], states[second])
      let shared: Double
      if family.against == .overall {
        let link = clusters.contextLinks[first]
        shared =
          link < 0
          ? sums.product(form, slice: first, replicate, own.gradient, other.gradient)
          : sums.product(form, link: link, replicate, own.gradient, other.gradient)
      } else if let link = clusters.link(family.grouping, first, second) {
        shared = sums.product(form, link: link, replicate, own.gradient, other.gradient)
      } else if let link = clusters.link(family.grouping, second, first) {
        shared = sums.product(form, link: link, replicate, other.gradient, own.gradient)
      } else {
        return 0
      }
      return shared * own.correction * other.correction
    }
  }
}

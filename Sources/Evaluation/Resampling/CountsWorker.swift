// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// Reduces replicates of counts to what is kept of them: the largest |t*| of every family and the
/// samples of single slices.
struct CountsWorker: Sendable {
  private(set) var results: [CountsEngine.Replicates]
  private let plan: Plan
  private let targets: [CountsEngine.Target]
  /// By target: slices that some family or sample needs.
  private let needed: [[Int]]
  /// By target and slice: the estimate, and the logarithm of the smoothed one.
  private let values: [[Double]]
  private let logs: [[Double]]
  private let scales: [Scale]
  private let kernels: [DecisionKernel]
  private let smoothings: [SIMD8<Double>]
  /// By target and sampled slice: the estimate on the metric's scale.
  private let centres: [[Double]]
  private let ratios: [Bool]
  /// By target and family: whether the spread between its groups is kept.
  private let keepsSpread: [[Bool]]
  /// One replicate's state of a slice; reused.
  private var states: [ReplicateState]
  private var smoothed: [Smoothed]

  /// The smoothed counts, the gradient and the value at them, for covariances.
  private struct Smoothed: Sendable {
    var counts = SIMD8<Double>()
    var gradient = SIMD8<Double>()
    var value = Double.nan
  }

  init(_ plan: Plan, _ targets: [CountsEngine.Target]) {
    self.plan = plan
    self.targets = targets
    needed = targets.map { target in
      Set(target.families.flatMap { $0.slices + ($0.anchor.map { [$0] } ?? []) })
        .union(target.sampledSlices).sorted()
    }
    values = targets.map { $0.estimates.estimates.map { $0.value ?? .nan } }
    logs = targets.map { $0.estimates.estimates.map { ($0.logarithm?.value) ?? .nan } }
    scales = targets.map { IntervalRule.scale(of: $0.metric.range) }
    kernels = targets.map { DecisionKernel($0.metric) }
    smoothings = targets.map(\.metric.smoothing)
    centres = targets.map { target in
      let scale = IntervalRule.scale(of: target.metric.range)
      return target.sampledSlices.map {
        scale.transform(target.estimates.estimates[$0].value ?? .nan)
      }
    }
    ratios = targets.map { $0.metric.comparison == .differenceAndRatio }
    keepsSpread = targets.map { target in
      let isRate = target.metric is any Rate
      return target.families.map { isRate && $0.against == .pairs && !$0.isRatio }
    }
    states = Array(repeating: ReplicateState(), count: plan.slices.slices.count)
    smoothed = Array(repeating: Smoothed(), count: plan.slices.slices.count)
    results = zip(targets, needed).map { target, needed in
      CountsEngine.Replicates(
        maxima: target.families.map { _ in [] }, samples: target.sampledSlices.map { _ in [] },
        spreads: target.families.map { _ in [] },
        undefined: Dictionary(uniqueKeysWithValues: needed.map { ($0, 0) }))
    }
  }

  /// Takes in one replicate: the counts of every slice by model.
  mutating func record(_ counts: [[SIMD8<Double>]]) {
    for target in targets.indices {
      evaluate(target, counts[targets[target].model])
      for (index, family) in targets[target].families.enumerated() {
        if targets[target].isStudentized[index] {
          results[target].maxima[index].append(
            family.largest(states) { slice, anchor in
              covariance(slice, anchor, isRatio: family.isRatio)
            })
        }
        if keepsSpread[target][index], case .ratio(let ratio) = kernels[target] {
          results[target].spreads[index].append(
            spread(ratio, family, counts[targets[target].model]))
        }
      }
      for (index, slice) in targets[target].sampledSlices.enumerated() {
        let state = states[slice]
        let estimate = values[target][slice]
        results[target].samples[index].append(
          targets[target].keepsPivots
            ? scales[target].pivot(
              replicate: estimate + state.error, variance: state.variance, estimate: estimate,
              transformed: centres[target][index])
            : estimate + state.error)
      }
    }
  }

  /// The double-corrected variance between a family's rates; NaN where one is undefined.
  private func spread(
    _ ratio: DecisionKernel.Ratio, _ family: ContrastFamily, _ counts: [SIMD8<Double>]
  ) -> Double {
    let sizes = family.slices.map { (ratio.denominator * counts[$0]).sum() }
    guard sizes.allSatisfy({ $0 > 0 }) else { return .nan }
    let rates = family.slices.map { ratio.value(counts[$0]) }
    return BetweenGroupVariance.doubleCorrected(
      rates, variances: zip(rates, sizes).map { $0 * (1 - $0) / $1 }, sizes: sizes) ?? .nan
  }

  private mutating func evaluate(_ target: Int, _ counts: [SIMD8<Double>]) {
    // One switch a target, not one a slice: the arithmetic below is a few nanoseconds.
    switch kernels[target] {
    case .ratio(let ratio):
      evaluate(target, counts, value: { ratio.value($0) }, gradient: { ratio.gradient($0) })
    case .mean(let first, let second):
      evaluate(
        target, counts, value: { (first.value($0) + second.value($0)) / 2 },
        gradient: { (first.gradient($0) + second.gradient($0)) / 2 })
    case .general:
      let kernel = kernels[target]
      evaluate(
        target, counts, value: { kernel.value($0) }, gradient: { kernel.gradient($0) })
    }
  }

  @inline(__always)
  private mutating func evaluate(
    _ target: Int, _ counts: [SIMD8<Double>], value: (SIMD8<Double>) -> Double,
    gradient: (SIMD8<Double>) -> SIMD8<Double>
  ) {
    let smoothing = smoothings[target]
    let takesRatios = ratios[target]
    let (estimates, logarithms) = (values[target], logs[target])
    for slice in needed[target] {
      let own = value(counts[slice])
      guard !own.isNaN else {
        results[target].undefined[slice, default: 0] += 1
        states[slice] = ReplicateState()
        continue
      }
      let inside = counts[slice] + smoothing
      let slope = gradient(inside)
      let variance = (inside * slope * slope).sum()
      states[slice].error = own - estimates[slice]
      states[slice].variance = variance
      smoothed[slice].counts = inside
      smoothed[slice].gradient = slope
      if takesRatios {
        let smoothedValue = value(inside)
        smoothed[slice].value = smoothedValue
        states[slice].logError = Double.log(smoothedValue) - logarithms[slice]
        states[slice].logVariance = variance / (smoothedValue * smoothedValue)
      }
    }
  }

  /// Σ x̃ ∇∇′ over the slice's smoothed counts; of logarithms for a ratio.
  private func covariance(_ slice: Int, _ anchor: Int, isRatio: Bool) -> Double {
    let (own, other) = (smoothed[slice], smoothed[anchor])
    let shared = (own.counts * own.gradient * other.gradient).sum()
    return isRatio ? shared / (own.value * other.value) : shared
  }
}

extension Scale {
  /// (g(T*) − g(T)) / (g′(T*) se*), values within one standard error of an end moved in to it.
  ///
  /// - Parameter transformed: g(T), reckoned once for all replicates.
  func pivot(replicate: Double, variance: Double, estimate: Double, transformed: Double) -> Double {
    guard replicate.isFinite, variance > 0 else { return .nan }
    let error = variance.squareRoot()
    let moved = inward(replicate, error)
    let centre = inward(estimate, error)
    return (transform(moved) - (centre == estimate ? transformed : transform(centre)))
      / (derivative(at: moved) * error)
  }

  private func inward(_ value: Double, _ error: Double) -> Double {
    switch self {
    case .identity: value
    case .logit: min(max(value, min(error, 0.5)), max(1 - error, 0.5))
    case .fisherZ: min(max(value, -1 + min(error, 1)), 1 - min(error, 1))
    case .logarithm: max(value, error)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import RealModule

/// Reduces replicates of counts to what is kept of them: the largest |t*| of every family and the
/// pivots of single slices.
struct CountsWorker {
  private(set) var results: [CountsEngine.Replicates]
  private let plan: Plan
  private let targets: [CountsEngine.Target]
  /// By target: slices that some family or pivot needs.
  private let needed: [[Int]]
  /// By target and slice: the estimate, and the logarithm of the smoothed one.
  private let values: [[Double]]
  private let logs: [[Double]]
  private let scales: [Scale]
  private let kernels: [DecisionKernel]
  private let smoothings: [SIMD8<Double>]
  private let ratios: [Bool]
  /// One replicate's state of a slice; reused.
  private var states: [State]

  private struct State {
    var error = Double.nan
    var variance = Double.nan
    var smoothed = Double.nan
    var counts = SIMD8<Double>()
    var gradient = SIMD8<Double>()
    var logError = Double.nan
    var logVariance = Double.nan
  }

  init(_ plan: Plan, _ targets: [CountsEngine.Target]) {
    self.plan = plan
    self.targets = targets
    needed = targets.map { target in
      Set(target.families.flatMap { $0.slices + ($0.anchor.map { [$0] } ?? []) })
        .union(target.pivotSlices).sorted()
    }
    values = targets.map { $0.estimates.estimates.map { $0.value ?? .nan } }
    logs = targets.map { $0.estimates.estimates.map { ($0.logarithm?.value) ?? .nan } }
    scales = targets.map { IntervalRule.scale(of: $0.metric.range) }
    kernels = targets.map { DecisionKernel($0.metric) }
    smoothings = targets.map(\.metric.smoothing)
    ratios = targets.map { $0.metric.comparison == .differenceAndRatio }
    states = Array(repeating: State(), count: plan.slices.slices.count)
    results = zip(targets, needed).map { target, needed in
      CountsEngine.Replicates(
        maxima: target.families.map { _ in [] }, pivots: target.pivotSlices.map { _ in [] },
        undefined: Dictionary(uniqueKeysWithValues: needed.map { ($0, 0) }))
    }
  }

  /// Takes in one replicate: the counts of every slice by model.
  mutating func record(_ counts: [[SIMD8<Double>]]) {
    for target in targets.indices {
      evaluate(target, counts[targets[target].model])
      for (index, family) in targets[target].families.enumerated() {
        results[target].maxima[index].append(largest(family))
      }
      for (index, slice) in targets[target].pivotSlices.enumerated() {
        let state = states[slice]
        let estimate = values[target][slice]
        results[target].pivots[index].append(
          scales[target].pivot(
            replicate: estimate + state.error, variance: state.variance, estimate: estimate))
      }
    }
  }

  private mutating func evaluate(_ target: Int, _ counts: [SIMD8<Double>]) {
    let (kernel, smoothing) = (kernels[target], smoothings[target])
    let takesRatios = ratios[target]
    for slice in needed[target] {
      var state = State()
      let value = kernel.value(counts[slice])
      if value.isNaN {
        results[target].undefined[slice, default: 0] += 1
      } else {
        state.error = value - values[target][slice]
        state.counts = counts[slice] + smoothing
        state.gradient = kernel.gradient(state.counts)
        state.variance = (state.counts * state.gradient * state.gradient).sum()
        if takesRatios {
          state.smoothed = kernel.value(state.counts)
          state.logError = Double.log(state.smoothed) - logs[target][slice]
          state.logVariance = state.variance / (state.smoothed * state.smoothed)
        }
      }
      states[slice] = state
    }
  }

  /// The largest |t*| of a family. Undefined slices have NaN, which is larger than nothing.
  private func largest(_ family: ContrastFamily) -> Double {
    var largest = 0.0
    if let anchor = family.anchor {
      for slice in family.slices {
        largest = max(largest, squared(slice, anchor, family))
      }
    } else {
      let errors = family.slices.map {
        family.isRatio ? states[$0].logError : states[$0].error
      }
      let variances = family.slices.map {
        family.isRatio ? states[$0].logVariance : states[$0].variance
      }
      for first in errors.indices {
        for second in 0..<first {
          let distance = errors[first] - errors[second]
          let square = distance * distance / (variances[first] + variances[second])
          if square > largest { largest = square }
        }
      }
    }
    return largest.squareRoot()
  }

  private func squared(_ slice: Int, _ anchor: Int, _ family: ContrastFamily) -> Double {
    let (own, other) = (states[slice], states[anchor])
    let distance = family.isRatio ? own.logError - other.logError : own.error - other.error
    var variance =
      family.isRatio ? own.logVariance + other.logVariance : own.variance + other.variance
    if family.against == .overall {
      var shared = (own.counts * own.gradient * other.gradient).sum()
      if family.isRatio { shared /= own.smoothed * other.smoothed }
      variance -= 2 * shared
    }
    let square = distance * distance / variance
    return square.isFinite ? square : 0
  }
}

extension Scale {
  /// (g(T*) − g(T)) / (g′(T*) se*), values within one standard error of an end moved in to it.
  func pivot(replicate: Double, variance: Double, estimate: Double) -> Double {
    guard replicate.isFinite, variance > 0 else { return .nan }
    let error = variance.squareRoot()
    let moved = inward(replicate, error)
    return (transform(moved) - transform(inward(estimate, error)))
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

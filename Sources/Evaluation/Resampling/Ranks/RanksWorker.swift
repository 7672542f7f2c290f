// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// Reduces replicates of a ranked metric to samples and the largest |t*| of families.
struct RanksWorker: Sendable {
  let estimates: MetricEstimates
  let families: [ContrastFamily]
  /// By slice and replicate; empty for slices without a value.
  let replicates: [[RankedReplicate]]

  /// The replicates T* of a slice.
  func values(_ slice: Int) -> [Double] { replicates[slice].map(\.value) }

  /// The share of replicates that lack a label, or rows.
  func undefined(_ slice: Int) -> Double {
    Double(replicates[slice].count { $0.value.isNaN }) / Double(max(1, replicates[slice].count))
  }

  /// The pivots t* of a slice on a scale.
  func pivots(_ slice: Int, _ scale: Scale) -> [Double] {
    guard let value = estimates.estimates[slice].value else { return [] }
    let transformed = scale.transform(value)
    return replicates[slice].map {
      scale.pivot(
        replicate: $0.value, variance: $0.variance, estimate: value, transformed: transformed)
    }
  }

  /// By family, then replicate: the largest |t*|.
  ///
  /// A slice's correlation with its context is the estimate's in every replicate: that of the replicate
  /// would need the products of the two influences of each row.
  func maxima() -> [[Double]] {
    guard !families.isEmpty else { return [] }
    let count = replicates.lazy.map(\.count).max() ?? 0
    let correlations = estimates.estimates.indices.map(correlationWithContext)
    var result = families.map { _ in [] as [Double] }
    for replicate in 0..<count {
      let states = replicates.indices.map { state($0, replicate) }
      for (index, family) in families.enumerated() {
        result[index].append(
          family.largest(states) { slice, anchor in
            correlations[slice]
              * (states[slice].variance * states[anchor].variance).squareRoot()
          })
      }
    }
    return result
  }

  private func correlationWithContext(_ slice: Int) -> Double {
    let estimate = estimates.estimates[slice]
    guard let variance = estimate.variance, variance > 0,
      let covariance = estimate.covarianceWithContext,
      let contextVariance = contextVariance(slice), contextVariance > 0
    else { return 0 }
    return covariance / (variance * contextVariance).squareRoot()
  }

  private func contextVariance(_ slice: Int) -> Double? {
    families.first { $0.against == .overall && $0.slices.contains(slice) }?.anchor
      .flatMap { estimates.estimates[$0].variance }
  }

  private func state(_ slice: Int, _ replicate: Int) -> ReplicateState {
    var state = ReplicateState()
    guard let value = estimates.estimates[slice].value, replicate < replicates[slice].count
    else { return state }
    let found = replicates[slice][replicate]
    state.error = found.value - value
    state.variance = found.variance
    return state
  }
}

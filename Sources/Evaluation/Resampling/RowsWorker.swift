// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandLinearAlgebra
import EvenhandMetrics
import RealModule

/// Reduces sums over resampled rows to samples and the largest |t*| of families, for one metric.
struct RowsWorker: Sendable {
  let estimates: MetricEstimates
  let families: [ContrastFamily]
  let slices: SliceTable
  let ratio: RowsEngine.Ratio
  /// Where the model's statistics begin.
  let offset: Int
  /// What the metric's numerator is measured from.
  let centre: Double
  let scale: Scale
  /// Whether what is kept of slices are pivots t* or the replicates T* themselves.
  let keepsPivots: Bool

  struct Result: Sendable {
    /// By family, then replicate.
    var maxima: [[Double]]
    /// By slice, then replicate.
    var samples: [[Double]]
  }

  /// - Parameter sums: by slice; one row a replicate.
  func reduce(_ sums: [Matrix], replicates: Int) -> Result {
    var result = Result(
      maxima: families.map { _ in [] }, samples: estimates.estimates.map { _ in [] })
    for replicate in 0..<replicates {
      let states = sums.indices.map { state($0, sums[$0], replicate) }
      for (index, family) in families.enumerated() {
        result.maxima[index].append(
          family.largest(states) { slice, anchor in
            covariance(sums[slice], sums[anchor], replicate, isRatio: family.isRatio)
          })
      }
      for slice in states.indices {
        guard let value = estimates.estimates[slice].value else { continue }
        result.samples[slice].append(
          keepsPivots
            ? scale.pivot(
              replicate: value + states[slice].error, variance: states[slice].variance,
              estimate: value, transformed: scale.transform(value))
            : value + states[slice].error)
      }
    }
    return result
  }

  private func sum(_ matrix: Matrix, _ replicate: Int, _ column: Int) -> Double {
    matrix[replicate, offset + column]
  }

  /// The replicate's value, measured from the centre.
  private func value(_ matrix: Matrix, _ replicate: Int) -> Double {
    sum(matrix, replicate, ratio.numerator) / sum(matrix, replicate, ratio.denominator)
  }

  private func state(_ slice: Int, _ matrix: Matrix, _ replicate: Int) -> ReplicateState {
    var state = ReplicateState()
    guard let estimate = estimates.estimates[slice].value,
      sum(matrix, replicate, ratio.denominator) > 0
    else { return state }
    let value = value(matrix, replicate)
    let variance = product(matrix, replicate, value, value) / square(matrix, replicate)
    guard variance > 0 else { return state }
    state.error = value - (estimate - centre)
    state.variance = variance
    let whole = value + centre
    if whole > 0, estimate > 0 {
      state.logError = Double.log(whole) - Double.log(estimate)
      state.logVariance = variance / (whole * whole)
    }
    return state
  }

  /// Σ w (n − a d)(n − b d): with a and b two slices' ratios, the product of their influences.
  private func product(_ matrix: Matrix, _ replicate: Int, _ a: Double, _ b: Double) -> Double {
    sum(matrix, replicate, ratio.numeratorSquared)
      - (a + b) * sum(matrix, replicate, ratio.product)
      + a * b * sum(matrix, replicate, ratio.denominatorSquared)
  }

  private func square(_ matrix: Matrix, _ replicate: Int) -> Double {
    let below = sum(matrix, replicate, ratio.denominator)
    return below * below
  }

  private func covariance(_ own: Matrix, _ all: Matrix, _ replicate: Int, isRatio: Bool) -> Double {
    let (a, b) = (value(own, replicate), value(all, replicate))
    let below =
      sum(own, replicate, ratio.denominator) * sum(all, replicate, ratio.denominator)
    let covariance = product(own, replicate, a, b) / below
    return isRatio ? covariance / ((a + centre) * (b + centre)) : covariance
  }
}

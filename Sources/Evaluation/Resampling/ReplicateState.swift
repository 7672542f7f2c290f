// SPDX-License-Identifier: Apache-2.0

/// What one replicate says of a metric on a slice.
struct ReplicateState: Sendable {
  /// Replicate − estimate; NaN where the replicate is undefined.
  var error = Double.nan
  var variance = Double.nan
  /// The same for logarithms.
  var logError = Double.nan
  var logVariance = Double.nan
}

extension ContrastFamily {
  /// The largest |t*| of the family's contrasts in one replicate; undefined slices are passed over.
  ///
  /// - Parameter covariance: of a slice's estimate with the anchor's, for families against overall.
  @inline(__always)
  func largest(
    _ states: [ReplicateState], covariance: (_ slice: Int, _ anchor: Int) -> Double
  ) -> Double {
    anchor == nil
      ? largestOfPairs(states) : largestAgainstAnchor(states, covariance: covariance)
  }

  private func largestOfPairs(_ states: [ReplicateState]) -> Double {
    let errors = slices.map { isRatio ? states[$0].logError : states[$0].error }
    let variances = slices.map { isRatio ? states[$0].logVariance : states[$0].variance }
    var largest = 0.0
    for first in errors.indices {
      for second in 0..<first {
        let distance = errors[first] - errors[second]
        let square = distance * distance / (variances[first] + variances[second])
        // False for NaN too.
        if square > largest { largest = square }
      }
    }
    return largest.squareRoot()
  }

  @inline(__always)
  private func largestAgainstAnchor(
    _ states: [ReplicateState], covariance: (_ slice: Int, _ anchor: Int) -> Double
  ) -> Double {
    guard let anchor else { return 0 }
    let other = states[anchor]
    var largest = 0.0
    for slice in slices {
      let own = states[slice]
      let distance = isRatio ? own.logError - other.logError : own.error - other.error
      var variance =
        isRatio ? own.logVariance + other.logVariance : own.variance + other.variance
      if against == .overall { variance -= 2 * covariance(slice, anchor) }
      let square = distance * distance / variance
      if square > largest && square.isFinite { largest = square }
    }
    return largest.squareRoot()
  }
}

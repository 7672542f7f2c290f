// SPDX-License-Identifier: Apache-2.0

/// Adjusted p-values of a family from its replicates: the family-wise error rate whatever the
/// dependence, which Holm has to assume the worst of.
///
/// The replicates are those of |t| under the null hypotheses: bootstrap pivots |t* − t| (their
/// numerator centred at the estimate) or the |t| of permuted data.
///
/// Source: Romano & Wolf 2005, doi:10.1198/016214504000000539; Westfall & Young 1993,
/// "Resampling-Based Multiple Testing", chapter 2.
public struct RomanoWolf: Sendable {
  private let observed: [Double]
  private let replicates: [Double]
  private let count: Int

  /// - Parameters:
  ///   - observed: t of the H hypotheses; signs are dropped.
  ///   - replicates: t* as an H × B matrix, a row of B replicates per hypothesis, one draw per
  ///     column; signs are dropped, no NaN.
  public init(observed: [Double], replicates: [Double]) {
    precondition(replicates.count.isMultiple(of: max(1, observed.count)))
    precondition(!observed.isEmpty || replicates.isEmpty)
    precondition(!observed.contains { $0.isNaN } && !replicates.contains { $0.isNaN })
    self.observed = observed.map(\.magnitude)
    self.replicates = replicates
    count = replicates.count / max(1, observed.count)
  }

  /// The step-down p-values, in the order of `observed`.
  ///
  /// With |t|(1) ≥ |t|(2) ≥ … and the rows ordered alike,
  /// p̃(j) = max over i ≤ j of (1 + #{max over l ≥ i of |t*|(l) ≥ |t|(i)}) / (B + 1): never 0, and
  /// never above the single-step p-values, because only what is not yet rejected is competed with.
  ///
  /// - Complexity: O(H (B + log H)).
  public func stepDown() -> [Double] {
    let order = observed.indices.sorted { (observed[$0], $1) > (observed[$1], $0) }
    // From the smallest |t| on, each row joins the maxima once.
    var maxima = [Double](repeating: 0, count: count)
    var result = observed
    for place in order.reversed() {
      join(place, into: &maxima)
      result[place] = pValue(observed[place], maxima)
    }
    var greatest = 0.0
    for place in order {
      greatest = max(greatest, result[place])
      result[place] = greatest
    }
    return result
  }

  /// The single-step p-values, (1 + #{max over all l of |t*|(l) ≥ |t|}) / (B + 1), in the order of
  /// `observed`: those of `MaxT`, which also has the critical value of simultaneous intervals.
  ///
  /// - Complexity: O(H B).
  public func singleStep() -> [Double] {
    var maxima = [Double](repeating: 0, count: count)
    for place in observed.indices { join(place, into: &maxima) }
    return observed.map { pValue($0, maxima) }
  }

  private func join(_ place: Int, into maxima: inout [Double]) {
    let row = replicates[place * count..<(place + 1) * count]
    for (index, replicate) in zip(maxima.indices, row) {
      maxima[index] = max(maxima[index], replicate.magnitude)
    }
  }

  private func pValue(_ t: Double, _ maxima: [Double]) -> Double {
    let reaching = maxima.reduce(0) { $0 + ($1 >= t ? 1 : 0) }
    return Double(1 + reaching) / Double(count + 1)
  }
}

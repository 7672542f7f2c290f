// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandLinearAlgebra
import EvenhandMetrics

/// The Wald test that all groups of a grouping have the same value.
///
/// * Independent rows, and clusters that each lie in one group: W = Σ (θₖ − θ̄)²/vₖ with θ̄ the mean
///   weighted by wₖ = 1/vₖ; Welch's F, W / ((K−1)(1 + 2(K−2)/(3 d))) ~ F(K−1, d), d = (K²−1)/(3Λ),
///   Λ = Σ (1 − wₖ/Σw)²/(mₖ−1), mₖ the rows that a group's value rests on, or its clusters.
///   Rates of independent rows have Pearson's χ² beside it, whose variance is pooled, and the larger
///   p-value: a small group's own variance is too small just when its rate lies near an end.
/// * Clusters that extend over groups: W = (Cθ)ᵀ(C V Cᵀ)⁻¹(Cθ), C the contrasts with the first group;
///   Hotelling's W (G−K+1)/((G−1)(K−1)) ~ F(K−1, G−K+1), G the clusters of the group that has fewest.
///
/// The two F are separate because a group's variance rests on its own clusters in one case and on the
/// clusters common to all in the other. At a nominal 5 % they reject 5.2 % (groups of 12, 15, 20 and 30
/// clusters) and 3.6 % (20 clusters across three groups) of equal rates.
///
/// Source: Welch 1951, doi:10.1093/biomet/38.3-4.330; Hotelling 1931, doi:10.1214/aoms/1177732979.
struct Omnibus {
  /// Why there is no test of groups that can be compared.
  struct Undefined: Error {
    var reason: String
  }

  private let values: [Double]
  private let variances: [Double]
  private let degrees: [Double]
  /// Between groups; `nil` for independent rows.
  private let joint: Matrix?
  /// Of rates of unweighted, independent rows; empty otherwise.
  private let rates: [Proportion]

  /// - Parameter groups: slices of the grouping, all of them comparable, at least two.
  init(
    _ estimates: MetricEstimates, groups: [Int], grouping: Int, _ slices: SliceTable,
    isSimple: Bool
  ) {
    values = groups.map { estimates.estimates[$0].value ?? .nan }
    variances = groups.map { estimates.estimates[$0].variance ?? .nan }
    rates =
      isSimple && estimates.metric is any Rate
      ? groups.compactMap { estimates.estimates[$0].proportion } : []
    degrees = groups.map { slice in
      let clusters = estimates.degrees(slice)
      return clusters.isFinite ? clusters : max(1, estimates.estimates[slice].support - 1)
    }
    guard !estimates.joint.isEmpty else {
      joint = nil
      return
    }
    let whole = estimates.joint[grouping]
    let places = groups.map { slices.groupings[grouping].members.firstIndex(of: $0) ?? 0 }
    var own = Matrix(rows: groups.count, columns: groups.count)
    for (row, first) in places.enumerated() {
      for (column, second) in places.enumerated() { own[row, column] = whole[first, second] }
      // A rate of 0 or 1 has a smoothed variance, which the joint matrix does not know.
      own[row, row] = variances[row]
    }
    joint = own
  }

  /// The statistic and its p-value.
  func test() throws(Undefined) -> OmnibusTest {
    guard let joint else { return try welch() }
    let isNested = values.indices.allSatisfy { row in
      (0..<row).allSatisfy { joint[row, $0] == 0 }
    }
    return try isNested ? welch() : hotelling(joint)
  }

  /// K − 1.
  private var freedom: Double { Double(values.count - 1) }

  private func welch() throws(Undefined) -> OmnibusTest {
    let statistic = EqualityStatistic.wald(values, variances)
    let total = variances.reduce(0) { $0 + 1 / $1 }
    let lambda = zip(variances, degrees).reduce(0) { sum, group in
      let rest = 1 - 1 / (group.0 * total)
      return sum + rest * rest / group.1
    }
    let groups = freedom + 1
    let below = (groups * groups - 1) / (3 * lambda)
    let ratio = statistic / (freedom * (1 + 2 * (groups - 2) / (3 * below)))
    return try result(statistic, below, max(tail(ratio, below), pearson ?? 0))
  }

  /// The p-value of Pearson's χ² = Σ nₖ (pₖ − p̄)² / (p̄ (1 − p̄)); `nil` for what is no rate, and where
  /// all or none succeeded.
  private var pearson: Double? {
    let trials = rates.reduce(0) { $0 + $1.trials }
    let pooled = rates.reduce(0) { $0 + $1.successes } / trials
    guard !rates.isEmpty, pooled > 0, pooled < 1 else { return nil }
    let squares = rates.reduce(0) { $0 + $1.trials * ($1.value - pooled) * ($1.value - pooled) }
    return ChiSquared.upperTail(squares / (pooled * (1 - pooled)), degreesOfFreedom: freedom)
  }

  private func hotelling(_ joint: Matrix) throws(Undefined) -> OmnibusTest {
    let clusters = (degrees.min() ?? 0) + 1
    let below = clusters - freedom
    guard below >= 1 else {
      throw Undefined(reason: "too few clusters for \(values.count) groups")
    }
    guard let statistic = EqualityStatistic.wald(values, joint) else {
      throw Undefined(reason: "the groups' values do not vary apart")
    }
    return try result(
      statistic, below, tail(statistic * below / ((clusters - 1) * freedom), below))
  }

  private func tail(_ ratio: Double, _ below: Double) -> Double {
    FisherF.upperTail(ratio, numerator: freedom, denominator: below)
  }

  private func result(_ statistic: Double, _ below: Double?, _ p: Double) throws(Undefined)
    -> OmnibusTest
  {
    guard statistic.isFinite else { throw Undefined(reason: "no variation among its rows") }
    return OmnibusTest(
      statistic: statistic, degreesOfFreedom: freedom, denominatorDegreesOfFreedom: below,
      pValue: rounded(max(p, CriticalValue.smallestP)))
  }
}

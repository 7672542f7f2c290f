// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The means of the groups of one partition, and the variance of a row that they are taken to
/// share.
///
/// The mean of n_k rows has variance s² / n_k with one s² for all groups. A small group's own
/// variance is worth little: a group of ten without an event would claim to know its rate exactly.
/// Herlihy, Truong, Chouldechova & Dudík 2024 recommend the pooled one,
/// arXiv 2401.14893.
public struct GroupMeans: Sendable, Equatable {
  /// The groups, at least one.
  public let groups: [GroupMean]
  /// Whether the outcome is 0 or 1.
  public let areRates: Bool
  /// The mean over all rows, Σ n_k y_k / Σ n_k.
  public let pooledMean: Double
  /// s², the variance of one row; positive.
  public let rowVariance: Double

  /// Rates: s² = p̃ (1 − p̃) with the pooled rate p̃ = (x + 1) / (n + 2) over all groups, never 0.
  public init(rates: [Proportion]) {
    precondition(!rates.isEmpty)
    groups = rates.map { rate in
      let (n, p) = (rate.trials, rate.value)
      return GroupMean(count: n, mean: p, variance: n > 1 ? p * (1 - p) * n / (n - 1) : 0)
    }
    areRates = true
    let successes = rates.reduce(0) { $0 + $1.successes }
    let trials = rates.reduce(0) { $0 + $1.trials }
    pooledMean = successes / trials
    let smoothed = (successes + 1) / (trials + 2)
    rowVariance = smoothed * (1 - smoothed)
  }

  /// Rates of cells by their counts, each of at least one row.
  public init(_ counts: CellCounts) {
    self.init(
      rates: zip(counts.positives, counts.rows).map {
        Proportion(successes: Double($0), trials: Double($1))
      })
  }

  /// Means: s² = Σ (n_k − 1) s_k² / Σ (n_k − 1), the variance within groups; `nil` where it is 0 or
  /// there is no group of two rows.
  public init?(means: [GroupMean]) {
    precondition(!means.isEmpty)
    var (squares, freedom, sum, total) = (0.0, 0.0, 0.0, 0.0)
    for group in means {
      squares += max(0, group.count - 1) * group.variance
      freedom += max(0, group.count - 1)
      sum += group.count * group.mean
      total += group.count
    }
    guard freedom > 0, squares > 0 else { return nil }
    groups = means
    areRates = false
    pooledMean = sum / total
    rowVariance = squares / freedom
  }

  /// v_k = s² / n_k, the sampling variance of each group's mean.
  public var variances: [Double] { groups.map { rowVariance / $0.count } }
  /// y_k.
  public var values: [Double] { groups.map(\.mean) }
  /// n_k.
  public var counts: [Double] { groups.map(\.count) }
}

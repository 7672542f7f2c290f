// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling

/// Do intersections add anything to the attributes one by one?
///
/// The additive model μ_a = θ_0 + Σ (effect of each of the cell's attribute values), no effects of
/// combinations, is fitted to the cells' rates by weighted least squares, and
///
///     X² = Σ_a n_a (y_a − μ_a)² / (μ̃_a (1 − μ̃_a))   on cells − rank degrees of freedom
///
/// measures what it leaves over. μ̃ = (n μ + 2 p̃) / (n + 2) with the smoothed overall rate p̃, so
/// that no variance is 0; the fit is weighted by a first fit's variances. A small p-value says that
/// some cells differ from what their attribute values alone predict; a large one that the data do
/// not show it, which is no proof that they agree.
///
/// The p-value is by parametric bootstrap: the statistic is computed again on data drawn from the
/// additive fit with the cells' sizes, p = (1 + #{X*² ≥ X²}) / (B + 1). The χ² p-value stands beside
/// it: with rare outcomes in small cells it is not to be relied upon.
///
/// Measured over 2000 data sets a design, 2 × 5, 2 × 2 × 3 and 5 × 5 × 2 cells of 5 to 30, 5 to 500
/// and 100 to 1000 rows, B = 199: at .05 the bootstrap rejects .017 to .060 of additive truths, the
/// χ² p-value .009 to .079 (rates of .03 in cells of 5 to 500 rows). One cell .2 above its
/// prediction is found in .91 to .97 of the data sets with 100 to 1000 rows a cell, in .29 to .38
/// with 5 to 500, in .08 to .11 with 5 to 30.
///
/// Source: the statistic, Herlihy, Truong, Chouldechova & Dudík 2024, arXiv 2401.14893; the
/// bootstrap p-value, Davison & Hinkley 1997, doi:10.1017/CBO9780511802843, section 4.2.
public struct GoodnessOfFit: Sendable {
  /// X².
  public let statistic: Double
  /// Cells minus the rank of the additive model.
  public let degreesOfFreedom: Int
  /// By the bootstrap: at least 1 / (replicates + 1).
  public let pValue: Double
  /// The additive fit by cell; a rate may leave [0, 1] by a little.
  public let values: [Double]

  /// The upper tail of the χ² distribution: good where every cell expects five rows of either
  /// outcome.
  public var chiSquaredPValue: Double {
    ChiSquared.upperTail(statistic, degreesOfFreedom: Double(degreesOfFreedom))
  }

  /// Undefined (`nil`) where the additive model fits any data: a single attribute, or too few
  /// cells.
  ///
  /// - Parameters:
  ///   - counts: the cells, each of at least one row.
  ///   - layout: the cells' attribute values.
  ///   - replicates: B, at least 1.
  ///   - seed, family: the address of the random numbers.
  /// - Complexity: B × cells × rank.
  public init?(
    _ counts: CellCounts, layout: CellLayout, replicates: Int = 2000, seed: UInt64, family: UInt32
  ) {
    precondition(layout.levels.count == counts.rows.count && replicates > 0)
    precondition(counts.rows.allSatisfy { $0 > 0 })
    let model = AdditiveModel(counts, layout: layout)
    guard model.rank < counts.rows.count else { return nil }
    // A draw that equals the data must not count as smaller because of rounding.
    let limit = model.statistic - 1e-9 * max(1, model.statistic)
    var reaching = 0
    for replicate in 0..<replicates {
      var stream = RandomStream(seed: seed, family: family, replicate: UInt32(replicate))
      if model.statistic(model.draw(&stream)) >= limit { reaching += 1 }
    }
    statistic = model.statistic
    degreesOfFreedom = counts.rows.count - model.rank
    pValue = Double(1 + reaching) / Double(replicates + 1)
    values = model.values
  }
}

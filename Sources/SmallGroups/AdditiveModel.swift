// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling

/// The additive model of `GoodnessOfFit`: its fit, its statistic, and draws from it.
struct AdditiveModel {
  /// The fit to the rates.
  let values: [Double]
  /// X² of the rates.
  let statistic: Double
  private let basis: WeightedBasis
  /// Rows by cell.
  private let rows: [Double]

  /// The dimension of the additive fits.
  var rank: Int { basis.rank }

  init(_ counts: CellCounts, layout: CellLayout) {
    let columns = layout.slices(depth: 1).map(\.cells)
    let rows = counts.rows.map(Double.init)
    let rates = zip(counts.positives, rows).map { Double($0) / $1 }
    let first = WeightedBasis(weights: rows, columns: columns).fit(rates)
    let variances = Self.variances(first, rates, rows)
    basis = WeightedBasis(weights: zip(rows, variances).map { $0 / $1 }, columns: columns)
    self.rows = rows
    values = basis.fit(rates)
    statistic = Self.squares(rates, values, rows)
  }

  /// X² of other rates of the same cells, with the variances that those give.
  func statistic(_ rates: [Double]) -> Double {
    Self.squares(rates, basis.fit(rates), rows)
  }

  /// Rates of the same rows in which the additive model holds.
  func draw(_ stream: inout RandomStream) -> [Double] {
    zip(values, rows).map { value, rows in
      let positives = Binomial.sample(
        trials: Int(rows), probability: min(1, max(0, value)), using: &stream)
      return Double(positives) / rows
    }
  }

  private static func squares(_ rates: [Double], _ fit: [Double], _ rows: [Double]) -> Double {
    let variances = variances(fit, rates, rows)
    return rates.indices.reduce(0) { sum, cell in
      let residual = rates[cell] - fit[cell]
      return sum + rows[cell] * residual * residual / variances[cell]
    }
  }

  /// μ̃ (1 − μ̃) with μ̃ = (n μ + 2 p̃) / (n + 2), p̃ = (x + 1) / (n + 2) over all cells: never 0.
  private static func variances(_ fit: [Double], _ rates: [Double], _ rows: [Double]) -> [Double] {
    var (positives, total) = (0.0, 0.0)
    for (rate, count) in zip(rates, rows) {
      positives += rate * count
      total += count
    }
    let pooled = (positives + 1) / (total + 2)
    return zip(fit, rows).map { fit, count in
      let smoothed = (count * min(1, max(0, fit)) + 2 * pooled) / (count + 2)
      return smoothed * (1 - smoothed)
    }
  }
}

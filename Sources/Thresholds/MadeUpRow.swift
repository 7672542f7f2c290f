// SPDX-License-Identifier: Apache-2.0

/// What a made-up row weighs: w̄ = Σw² / Σw of the metric's rows.
///
/// A share of none is uncertain by the weights of the rows that could have been counted. Where weights
/// go with the label or the score these are not the weights of all rows, so that of a share w̄ is the
/// greatest of two: that of the rows with the labels of the counted ones, and that of the counted rows at
/// the nearest threshold that has ten of them. With the weight of all rows, bands of net benefit covered
/// 92 % where weights rise with the score and with the label.
struct MadeUpRow {
  private let form: ShareForm?
  /// The cells of the metric's rows.
  private let all: SIMD8<Double>
  /// By threshold and cell.
  private let weights: [SIMD8<Double>]
  private let squares: [SIMD8<Double>]
  private let rows: [SIMD8<Double>]
  private static let enoughRows = 10.0

  init(
    _ form: ShareForm?, _ all: SIMD8<Double>, weights: [SIMD8<Double>], squares: [SIMD8<Double>],
    rows: [SIMD8<Double>]
  ) {
    (self.form, self.all) = (form, all)
    (self.weights, self.squares, self.rows) = (weights, squares, rows)
  }

  /// 0 where there are no rows.
  func weight(at threshold: Int) -> Double {
    guard let form else { return mean(all, threshold) }
    let ofSources = mean(form.sources, threshold)
    let general = ofSources > 0 ? ofSources : mean(all, threshold)
    let near = rows.indices.filter { (rows[$0] * form.counted).sum() >= Self.enoughRows }
      .min { abs($0 - threshold) < abs($1 - threshold) }
    return max(general, near.map { mean(form.counted, $0) } ?? 0)
  }

  private func mean(_ cells: SIMD8<Double>, _ threshold: Int) -> Double {
    let weight = (weights[threshold] * cells).sum()
    return weight > 0 ? (squares[threshold] * cells).sum() / weight : 0
  }
}

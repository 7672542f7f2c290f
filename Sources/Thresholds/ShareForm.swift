// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// A ratio of counts that depends on a share alone: s = x / n, the share of the rows of some cells
/// that lie in fewer of them, and r = α s / (β s + γ (1 − s)).
///
/// Every rate is its own share; F1 is 2 s / (1 + s) with the share of true positives among all rows
/// that are positive or selected. An interval of the share is one of the ratio.
struct ShareForm: Sendable {
  /// One for the cells of x and for the others of n.
  let counted: SIMD8<Double>
  let others: SIMD8<Double>
  private let alpha: Double
  private let beta: Double
  private let gamma: Double

  /// `nil` if the metric depends on more than a share.
  init?(_ metric: any DecisionMetric) {
    guard let ratio = metric as? any RatioOfCounts else { return nil }
    let (above, below) = (ratio.numerator, ratio.denominator)
    let cells = above.indices.filter { above[$0] != 0 || below[$0] != 0 }
    let counted = cells.filter { above[$0] != 0 }
    let others = cells.filter { above[$0] == 0 }
    guard let first = counted.first, let other = others.first,
      counted.allSatisfy({ above[$0] == above[first] && below[$0] == below[first] }),
      others.allSatisfy({ below[$0] == below[other] }),
      above[first] > 0, below[first] > 0, below[other] > 0
    else { return nil }
    (alpha, beta, gamma) = (above[first], below[first], below[other])
    self.counted = Self.indicator(counted)
    self.others = Self.indicator(others)
  }

  private static func indicator(_ cells: [Int]) -> SIMD8<Double> {
    var result = SIMD8<Double>()
    for cell in cells { result[cell] = 1 }
    return result
  }

  var cells: SIMD8<Double> { counted + others }

  /// The cells whose rows another threshold can make counted ones: those of the same labels. All cells if
  /// none but the counted ones are of their labels.
  var sources: SIMD8<Double> {
    var result = SIMD8<Double>()
    for cells in Self.byLabel where (counted * cells).sum() > 0 { result += cells * self.cells }
    return result == counted ? cells : result
  }

  /// Positives, negatives, and rows without a label.
  private static let byLabel = [
    [DecisionCells.truePositive, .falseNegative, .positiveUndecided],
    [.falsePositive, .trueNegative, .negativeUndecided],
    [.selectedUnlabelled, .rejectedUnlabelled],
  ].map { DecisionCells($0).indicator }

  func share(of counts: SIMD8<Double>) -> Double {
    min(1, (counted * counts).sum() / (cells * counts).sum())
  }

  func value(of share: Double) -> Double {
    alpha * share / (beta * share + gamma * (1 - share))
  }

  func share(ofValue value: Double) -> Double {
    gamma * value / (alpha - value * (beta - gamma))
  }

  /// dr / ds.
  func slope(at share: Double) -> Double {
    let below = beta * share + gamma * (1 - share)
    return alpha * gamma / (below * below)
  }
}

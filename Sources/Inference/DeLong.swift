// SPDX-License-Identifier: Apache-2.0

/// The area under the receiver operating characteristic curve with DeLong's variance.
///
/// AUC = P(positive > negative) + ½ P(equal). A score's placement is the share of the other class
/// it beats; the variance is that of the mean placements, var(V₁₀)/m + var(V₀₁)/n. Areas of
/// disjoint groups are independent; two models on the same rows have the covariance
/// Σ aᵢbᵢ / (m(m−1)) + Σ aⱼbⱼ / (n(n−1)) of their influence values. O((m + n) log(m + n)), linear
/// for sorted scores.
///
/// Source: DeLong, DeLong & Clarke-Pearson 1988, doi:10.2307/2531595; midranks as Sun & Xu 2014,
/// doi:10.1109/LSP.2014.2337313.
public struct DeLong: Sendable {
  /// The area, ties counting half; exact up to one division.
  public let auc: Double
  /// The unbiased variance; 0 when the classes do not overlap, nil when one has a single member.
  public let variance: Double?
  /// The variance, but never below that of k + 1 successes in k + 2 trials, (k + 1)/(k + 2)³, where
  /// k is the size of the smaller class: what (x + 1)/(n + 2) does for a proportion of 1.
  ///
  /// Always positive: without overlap the variance itself would claim certainty.
  public let smoothedVariance: Double
  /// Placement − area of each positive, in the order given; they sum to 0.
  public let positiveInfluence: [Double]
  /// Placement − area of each negative, in the order given; they sum to 0.
  public let negativeInfluence: [Double]
  /// The variance of those classes that have more than one member.
  let spread: Double

  /// - Parameters:
  ///   - positives: scores of the positive class, at least one, no NaN, best in ascending order.
  ///   - negatives: scores of the negative class, likewise.
  public init(positives: [Double], negatives: [Double]) {
    precondition(!positives.isEmpty && !negatives.isEmpty)
    let beaten = Self.doubledCounts(below: positives, in: negatives)
    let losing = Self.doubledCounts(below: negatives, in: positives)
    let pairs = 2 * Double(positives.count) * Double(negatives.count)
    let auc = Double(beaten.reduce(0, +)) / pairs
    let first = beaten.map { Double($0) / Double(2 * negatives.count) }
    let second = losing.map { 1 - Double($0) / Double(2 * positives.count) }
    self.auc = auc
    positiveInfluence = first.map { $0 - auc }
    negativeInfluence = second.map { $0 - auc }
    spread =
      Self.covariance(positiveInfluence, positiveInfluence)
      + Self.covariance(negativeInfluence, negativeInfluence)
    let fewest = Double(min(positives.count, negatives.count))
    variance = fewest > 1 ? spread : nil
    smoothedVariance = max(spread, (fewest + 1) / ((fewest + 2) * (fewest + 2) * (fewest + 2)))
  }

  /// Per score twice the number of others below it, others equal to it counting once.
  private static func doubledCounts(below scores: [Double], in others: [Double]) -> [Int] {
    let others = others.sorted()
    var counts = [Int](repeating: 0, count: scores.count)
    var lower = 0
    var upper = 0
    for index in scores.indices.sorted(by: { scores[$0] < scores[$1] }) {
      while lower < others.count && others[lower] < scores[index] { lower += 1 }
      while upper < others.count && others[upper] <= scores[index] { upper += 1 }
      counts[index] = lower + upper
    }
    return counts
  }

  /// The unbiased covariance of two means from the deviations of their terms; 0 for a single one.
  static func covariance(_ first: [Double], _ second: [Double]) -> Double {
    precondition(first.count == second.count, "paired areas are of the same rows")
    let n = Double(first.count)
    return n > 1 ? zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } / (n * (n - 1)) : 0
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The studentized bootstrap (bootstrap-t) interval.
///
/// The pivots t* = (T* − T) / se* of the replicates stand for the unknown (T − θ) / se:
/// limits T − q_high · se and T − q_low · se. Second-order accurate where each replicate has its
/// own standard error.
///
/// Source: Efron & Tibshirani 1993, chapter 12; Hall 1988, doi:10.1214/aos/1176350933.
public struct StudentizedBootstrap: Sendable {
  private let value: Double
  private let standardError: Double
  private let pivots: [Double]

  /// - Parameters:
  ///   - value: the estimate T.
  ///   - standardError: of the estimate, positive.
  ///   - pivots: t* of the replicates in any order; those that are not finite are left out.
  public init(value: Double, standardError: Double, pivots: [Double]) {
    self.value = value
    self.standardError = standardError
    self.pivots = pivots.filter(\.isFinite)
  }

  /// The equal-tailed interval on a scale, the delta method carrying the standard error.
  ///
  /// The quantiles are the order statistics of ranks ⌊(B+1)α/2⌋ and ⌈(B+1)(1−α/2)⌉, the outermost
  /// where fewer than 2/α − 1 pivots are at hand. Pivots that are all the same (or missing) tell
  /// nothing, as when every row agrees: the normal distribution's critical values then stand in.
  public func interval(confidence: Double, scale: Scale) -> Interval {
    precondition(confidence > 0 && confidence < 1)
    let tail = (1 - confidence) / 2 * Double(pivots.count + 1)
    let rank = max(1, Int((tail + 1e-9).rounded(.down)))
    guard pivots.count >= 2 else { return normal(confidence, scale) }
    let low = Selection.smallest(rank, of: pivots)
    let high = Selection.smallest(pivots.count + 1 - rank, of: pivots)
    guard low < high else { return normal(confidence, scale) }
    return scale.interval(
      value: value, standardError: standardError, lower: high, upper: -low)
  }

  private func normal(_ confidence: Double, _ scale: Scale) -> Interval {
    scale.interval(
      value: value, standardError: standardError,
      critical: Normal.critical(confidence: confidence))
  }
}

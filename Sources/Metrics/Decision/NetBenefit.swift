// SPDX-License-Identifier: Apache-2.0

/// True positives per row, less the false positives at the exchange rate that a threshold probability
/// implies: (TP − FP · p / (1 − p)) / n.
///
/// Who would act at a risk of p, and not below, holds a false positive to be p / (1 − p) times as bad as
/// a true positive is good. Selecting nobody has net benefit 0; selecting everybody
/// π − (1 − π) · p / (1 − p) with base rate π.
///
/// Source: Vickers & Elkin 2006, doi:10.1177/0272989X06295361.
public struct NetBenefit: RatioOfCounts {
  public let id = "net_benefit"
  public let title = "Net benefit"
  public let range = -Double.infinity...Double.infinity
  public let direction = Direction.higherIsBetter
  public let denominator = DecisionCells.labelledAndDecided.indicator
  public let supportName = "rows with label and decision"
  public let definition = """
    (TP − FP · p / (1 − p)) / n, with the threshold probability p that the configuration states under \
    'net_benefit': the risk from which on acting is worth its harm. Selecting nobody has 0. Undefined \
    without labelled decisions.
    """
  public let meaning =
    "true positives per row after false positives are charged at the stated exchange rate"
  /// p, above 0 and below 1.
  public let thresholdProbability: Double

  /// - Parameter thresholdProbability: p, above 0 and below 1.
  public init(thresholdProbability: Double = 0.5) {
    precondition(thresholdProbability > 0 && thresholdProbability < 1, "a risk lies within (0, 1)")
    self.thresholdProbability = thresholdProbability
  }

  public var numerator: SIMD8<Double> {
    SIMD8(1, -thresholdProbability / (1 - thresholdProbability), 0, 0, 0, 0, 0, 0)
  }

  public func support(_ counts: DecisionCounts) -> Double { counts.sum(.labelledAndDecided) }
}

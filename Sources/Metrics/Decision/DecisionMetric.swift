// SPDX-License-Identifier: Apache-2.0

/// A metric of labels and decisions: a smooth function of the eight counts.
public protocol DecisionMetric: Metric where Summary == DecisionCounts {
  /// The derivatives of the value by each count, for the linearised variance.
  func gradient(_ counts: DecisionCounts) throws(Undefined) -> SIMD8<Double>

  /// What is added to the counts before a variance is reckoned from them, so that it is never zero.
  var smoothing: SIMD8<Double> { get }
}

extension DecisionMetric {
  public var range: ClosedRange<Double> { 0...1 }

  /// One row in every labelled cell.
  public var smoothing: SIMD8<Double> { DecisionCells.labelledAndDecided.indicator }

  /// The variance of the value from independent unweighted rows, from smoothed counts: Σ x̃ ∇².
  public func smoothedVariance(_ counts: DecisionCounts) throws(Undefined) -> Double {
    let smoothed = DecisionCounts(counts.cells + smoothing)
    let slope = try gradient(smoothed)
    return (smoothed.cells * slope * slope).sum()
  }
}

/// A metric that is one linear form of the counts divided by another: r = a·x / b·x.
public protocol RatioOfCounts: DecisionMetric {
  /// The coefficients a of the numerator.
  var numerator: SIMD8<Double> { get }
  /// The coefficients b of the denominator.
  var denominator: SIMD8<Double> { get }
  /// What is missing when the denominator is zero: `no positives`.
  var emptyReason: String { get }
}

extension RatioOfCounts {
  public var emptyReason: String { "no \(supportName)" }

  public func value(_ counts: DecisionCounts) throws(Undefined) -> Double {
    let below = (denominator * counts.cells).sum()
    guard below > 0 else { throw Undefined(emptyReason) }
    // Sums of weights in another order may differ in their last bit; a share is never above 1.
    return min((numerator * counts.cells).sum() / below, range.upperBound)
  }

  public func gradient(_ counts: DecisionCounts) throws(Undefined) -> SIMD8<Double> {
    let ratio = try value(counts)
    return (numerator - denominator * ratio) / (denominator * counts.cells).sum()
  }
}

/// A rate: the share of the rows of some cells that lie in fewer of them. Numerator and denominator are
/// counts of rows, so that it has an interval of a proportion.
public protocol Rate: RatioOfCounts {
  var counted: DecisionCells { get }
  var among: DecisionCells { get }
}

extension Rate {
  public var numerator: SIMD8<Double> { counted.indicator }
  public var denominator: SIMD8<Double> { among.indicator }
  public var comparison: Comparison { .differenceAndRatio }

  public func support(_ counts: DecisionCounts) -> Double { counts.sum(among) }

  /// One row in the numerator and one in the rest: p̃ = (x+1)/(n+2), variance p̃(1−p̃)/(n+2).
  public var smoothing: SIMD8<Double> {
    counted.first.indicator + among.subtracting(counted).first.indicator
  }
}

extension DecisionCells {
  /// The set's first cell alone.
  var first: DecisionCells { DecisionCells(rawValue: rawValue & (~rawValue &+ 1)) }
}

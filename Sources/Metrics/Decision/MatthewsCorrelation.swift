// SPDX-License-Identifier: Apache-2.0

/// The correlation between label and decision, both as 0 and 1:
/// (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)).
public struct MatthewsCorrelation: DecisionMetric {
  public let id = "matthews_correlation"
  public let title = "Matthews correlation"
  public let aliases = ["matthews_corrcoef", "mcc", "phi_coefficient"]
  public let range = -1.0...1.0
  public let direction = Direction.higherIsBetter
  public let supportName = "rows in the smallest margin"
  public let definition = """
    (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)). Undefined when one of the four factors is zero: \
    a constant label or a constant decision has no correlation (scikit-learn reports 0 there).
    """
  public let meaning = "the correlation of decisions with labels, from −1 to 1"

  public init() {}

  public func value(_ counts: DecisionCounts) throws(Undefined) -> Double {
    let margins = try margins(counts)
    let (tp, fp) = (counts.truePositives, counts.falsePositives)
    let (fn, tn) = (counts.falseNegatives, counts.trueNegatives)
    // The root of each factor: their product would overflow what doubles hold exactly.
    let scale = margins.reduce(1) { $0 * $1.squareRoot() }
    return min(max((tp * tn - fp * fn) / scale, -1), 1)
  }

  public func gradient(_ counts: DecisionCounts) throws(Undefined) -> SIMD8<Double> {
    let value = try value(counts)
    let margins = try margins(counts)
    let scale = margins.reduce(1) { $0 * $1.squareRoot() }
    let (selected, positive) = (0.5 / margins[0], 0.5 / margins[1])
    let (negative, rejected) = (0.5 / margins[2], 0.5 / margins[3])
    return SIMD8(
      counts.trueNegatives / scale - value * (selected + positive),
      -counts.falseNegatives / scale - value * (selected + negative),
      -counts.falsePositives / scale - value * (positive + rejected),
      counts.truePositives / scale - value * (negative + rejected),
      0, 0, 0, 0)
  }

  /// The smallest of the four margins.
  public func support(_ counts: DecisionCounts) -> Double {
    (try? margins(counts))?.min() ?? 0
  }

  /// Selected, positive, negative, rejected.
  private func margins(_ counts: DecisionCounts) throws(Undefined) -> [Double] {
    let (tp, fp) = (counts.truePositives, counts.falsePositives)
    let (fn, tn) = (counts.falseNegatives, counts.trueNegatives)
    if tp + fn == 0 { throw Undefined("no positives") }
    if tn + fp == 0 { throw Undefined("no negatives") }
    if tp + fp == 0 { throw Undefined("no labelled rows selected") }
    if tn + fn == 0 { throw Undefined("no labelled rows left unselected") }
    return [tp + fp, tp + fn, tn + fp, tn + fn]
  }
}

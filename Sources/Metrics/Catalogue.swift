// SPDX-License-Identifier: Apache-2.0

/// All metrics, by the summary that they are computed from.
public struct Catalogue: Sendable {
  public var decision: [any DecisionMetric] = [
    SelectionRate(), BaseRate(), Accuracy(), BalancedAccuracy(), TruePositiveRate(),
    FalsePositiveRate(), TrueNegativeRate(), FalseNegativeRate(), Precision(),
    NegativePredictiveValue(), FalseDiscoveryRate(), FalseOmissionRate(), F1(),
    MatthewsCorrelation(), ThreatScore(), AverageOdds(),
  ]
  public var counts: [ConfusionCount] = [
    .truePositives, .falsePositives, .falseNegatives, .trueNegatives,
  ]
  public var probability: [any ProbabilityMetric] = [
    BrierScore(), LogLoss(), MeanScore(), CalibrationRatio(),
  ]
  public var ranked: [any RankedMetric] = [
    AreaUnderROC(), AveragePrecision(), CalibrationIntercept(), CalibrationSlope(),
  ]
  public var quantiles: [ScoreQuantile] = [10, 25, 50, 75, 90].map(ScoreQuantile.init(percent:))
  public var binned: [ExpectedCalibrationError] = [ExpectedCalibrationError()]

  /// Every metric that Evenhand knows.
  public static let standard = Catalogue()

  /// Every metric, decisions first, calibration last.
  public var all: [any Metric] {
    decision as [any Metric] + counts as [any Metric] + ranked as [any Metric]
      + probability as [any Metric] + binned as [any Metric] + quantiles as [any Metric]
  }

  /// The metric of an id or an alias.
  public func metric(_ name: String) -> (any Metric)? {
    all.first { $0.id == name } ?? all.first { $0.aliases.contains(name) }
  }

  /// The catalogue of some metrics only, by their ids.
  public func only(_ ids: Set<String>) -> Catalogue {
    var result = self
    result.decision.removeAll { !ids.contains($0.id) }
    result.counts.removeAll { !ids.contains($0.id) }
    result.probability.removeAll { !ids.contains($0.id) }
    result.ranked.removeAll { !ids.contains($0.id) }
    result.quantiles.removeAll { !ids.contains($0.id) }
    result.binned.removeAll { !ids.contains($0.id) }
    return result
  }
}

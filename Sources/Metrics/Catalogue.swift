// SPDX-License-Identifier: Apache-2.0

/// All metrics, by the summary that they are computed from.
public struct Catalogue: Sendable {
  public let decision: [any DecisionMetric]
  public let counts: [ConfusionCount]
  public let probability: [any ProbabilityMetric]
  public let ranked: [any RankedMetric]
  public let quantiles: [ScoreQuantile]
  public let binned: [ExpectedCalibrationError]
  public let debiased: [DebiasedSquaredCalibrationError]
  /// Every metric, decisions first, quantiles last.
  public let all: [any Metric]
  /// Places in `all` of ids and aliases; ids win.
  private let places: [String: Int]

  /// Every metric that Evenhand knows.
  public static let standard = Catalogue()

  init(
    decision: [any DecisionMetric] = [
      SelectionRate(), BaseRate(), Accuracy(), BalancedAccuracy(), TruePositiveRate(),
      FalsePositiveRate(), TrueNegativeRate(), FalseNegativeRate(), Precision(),
      NegativePredictiveValue(), FalseDiscoveryRate(), FalseOmissionRate(), F1(),
      MatthewsCorrelation(), ThreatScore(), AverageOdds(), ExpectedCost(), NetBenefit(),
    ],
    counts: [ConfusionCount] = [
      .truePositives, .falsePositives, .falseNegatives, .trueNegatives,
    ],
    probability: [any ProbabilityMetric] = [
      BrierScore(), LogLoss(), MeanScore(), CalibrationRatio(),
    ],
    ranked: [any RankedMetric] = [
      AreaUnderROC(), AveragePrecision(), CalibrationIntercept(), CalibrationSlope(),
    ],
    quantiles: [ScoreQuantile] = [10, 25, 50, 75, 90].map(ScoreQuantile.init(percent:)),
    binned: [ExpectedCalibrationError] = [ExpectedCalibrationError()],
    debiased: [DebiasedSquaredCalibrationError] = [DebiasedSquaredCalibrationError()]
  ) {
    self.decision = decision
    self.counts = counts
    self.probability = probability
    self.ranked = ranked
    self.quantiles = quantiles
    self.binned = binned
    self.debiased = debiased
    let decisions = decision as [any Metric] + counts as [any Metric]
    let scores = ranked as [any Metric] + probability as [any Metric]
    let calibration = binned as [any Metric] + debiased as [any Metric]
    let all = decisions + scores + calibration + quantiles as [any Metric]
    self.all = all
    var places = Dictionary(
      all.enumerated().flatMap { place, metric in metric.aliases.map { ($0, place) } },
      uniquingKeysWith: { first, _ in first })
    for (place, metric) in all.enumerated() { places[metric.id] = place }
    self.places = places
  }

  /// The metric of an id or an alias.
  public func metric(_ name: String) -> (any Metric)? {
    places[name].map { all[$0] }
  }

  /// The catalogue with the costs and the threshold probability that were stated; what was not stated is
  /// not measured.
  public func stating(costs: CostMatrix?, netBenefit: Double?) -> Catalogue {
    let decision = self.decision.compactMap { metric -> (any DecisionMetric)? in
      switch metric {
      case is ExpectedCost: costs.map(ExpectedCost.init)
      case is NetBenefit: netBenefit.map(NetBenefit.init(thresholdProbability:))
      default: metric
      }
    }
    return Catalogue(
      decision: decision, counts: counts, probability: probability, ranked: ranked,
      quantiles: quantiles, binned: binned, debiased: debiased)
  }

  /// The catalogue of some metrics only.
  public func filter(_ isIncluded: (any Metric) -> Bool) -> Catalogue {
    Catalogue(
      decision: decision.filter { isIncluded($0) }, counts: counts.filter { isIncluded($0) },
      probability: probability.filter { isIncluded($0) }, ranked: ranked.filter { isIncluded($0) },
      quantiles: quantiles.filter { isIncluded($0) }, binned: binned.filter { isIncluded($0) },
      debiased: debiased.filter { isIncluded($0) })
  }
}

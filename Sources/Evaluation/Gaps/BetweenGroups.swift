// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

extension Estimation {
  /// How much a rate varies between the groups of a grouping beyond what estimation adds; `nil` for
  /// what is no rate of unweighted, independent rows.
  func betweenGroups(_ place: Int, _ grouping: Int) -> BetweenGroupRecord? {
    guard
      let family = families[place].firstIndex(where: {
        $0.grouping == grouping && $0.against == .pairs && !$0.isRatio
      }), spreads[place].indices.contains(family), !spreads[place][family].isEmpty
    else { return nil }
    let rates = families[place][family].slices.compactMap {
      estimates[place].estimates[$0].proportion
    }
    let values = rates.map(\.value)
    guard let observed = BetweenGroupVariance.observed(values),
      let corrected = BetweenGroupVariance.corrected(
        values, variances: rates.map { $0.value * (1 - $0.value) / $0.trials })
    else { return nil }
    let confidence = plan.configuration.confidence
    let limits = BetweenGroupVariance.interval(
      doubleCorrected: spreads[place][family], confidence: confidence)
    return BetweenGroupRecord(
      observed: observed, corrected: corrected,
      interval: limits.flatMap { Self.record($0, confidence) })
  }

  /// `nil` where both limits are 0: nothing was found beyond what estimation adds.
  private static func record(_ limits: BootstrapInterval, _ confidence: Double)
    -> ReportedInterval?
  {
    guard limits.interval.low < limits.interval.high else { return nil }
    return ReportedInterval(
      low: rounded(limits.interval.low), high: rounded(limits.interval.high), level: confidence,
      method: "double_corrected",
      monteCarloError: MonteCarloError(
        low: rounded(limits.monteCarloError.low), high: rounded(limits.monteCarloError.high)))
  }
}

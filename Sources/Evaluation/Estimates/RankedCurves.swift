// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// What figures of a slice are drawn from.
extension RankedEstimator {
  func curves(_ view: RankedScores, _ slice: Int, _ binned: BinnedScores?) -> SliceCurves {
    let model = plan.models[model]
    var result = SliceCurves(model: model.name, slice: plan.slices.slices[slice])
    result.roc = (try? ROCCurve(view))?.points.map { [$0.falsePositiveRate, $0.truePositiveRate] }
    if let binned { result.reliability = reliability(binned) }
    if let lowest = model.lowest, let highest = model.highest {
      let isProbability = model.kind == .probability
      result.histogram = ScoreHistogram(
        view, low: isProbability ? 0 : lowest, high: isProbability ? 1 : highest)
    }
    return result
  }

  /// Observed rates with Wilson's interval, on effective rows where rows are weighted.
  private func reliability(_ binned: BinnedScores) -> [ReliabilityBin] {
    binned.weights.indices.filter { binned.weights[$0] > 0 }.map { bin in
      let rate = binned.positives[bin] / binned.weights[bin]
      let n = binned.effectiveRows(bin)
      let interval = Wilson.interval(
        successes: rate * n, trials: n, confidence: plan.configuration.confidence)
      return ReliabilityBin(
        meanScore: binned.scoreSums[bin] / binned.weights[bin], observedRate: rate,
        low: min(interval.low, rate), high: max(interval.high, rate), n: n)
    }
  }
}

extension ScoreHistogram {
  /// The shares of a view's rows in equally wide bins; the last bin includes its upper end.
  init?(_ view: RankedScores, low: Double, high: Double, bins: Int = 20) {
    var shares = Array(repeating: 0.0, count: bins)
    let width = high > low ? (high - low) / Double(bins) : 1
    var total = 0.0
    for (index, score) in view.scores.enumerated() {
      let weight = view.positives[index] + view.negatives[index] + view.unlabelled[index]
      let bin = Int(((score - low) / width).rounded(.down))
      shares[min(max(bin, 0), bins - 1)] += weight
      total += weight
    }
    guard total > 0 else { return nil }
    self.init(low: low, high: low + width * Double(bins), shares: shares.map { $0 / total })
  }
}

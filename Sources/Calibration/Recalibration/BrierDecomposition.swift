// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The Brier score in three parts: brier = miscalibration − discrimination + uncertainty.
///
/// With s the scores, c the recalibrated rates (isotonic regression) and ȳ the rate of positives,
/// means over rows by weight: brier = mean (s − y)², miscalibration = brier − mean (c − y)²,
/// discrimination = mean (ȳ − y)² − mean (c − y)² = mean (c − ȳ)², uncertainty = ȳ(1 − ȳ). None is
/// negative, no bins are chosen. A well calibrated model shows a miscalibration above 0, the more
/// the fewer the rows: compare it with labels drawn from the scores (`Miscalibration`). Undefined
/// without labelled rows.
///
/// Source: Dimitriadis, Gneiting & Jordan 2021 (CORP), doi:10.1073/pnas.2016191118.
public struct BrierDecomposition: Sendable, Equatable {
  public let brier: Double
  /// What isotonic recalibration of the scores would gain: 0 if nothing.
  public let miscalibration: Double
  /// What the recalibrated scores gain over one rate for all.
  public let discrimination: Double
  /// The Brier score of one rate for all: the observed one.
  public let uncertainty: Double

  /// - Throws: `Undefined` without labelled rows.
  public init(_ sample: CalibrationSample) throws(Undefined) {
    let curve = try ReliabilityCurve(sample)
    let (masses, positives) = (sample.masses, sample.positiveMasses)
    let (total, positive) = (masses.reduce(0, +), positives.reduce(0, +))
    let mean = positive / total
    var (brier, gain, spread) = (0.0, 0.0, 0.0)
    // Scores ascend, and each lies on a step.
    var step = 0
    for (index, score) in sample.scores.enumerated() {
      while score > curve.steps[step].high { step += 1 }
      let (rate, mass) = (curve.steps[step].rate, masses[index])
      brier += positives[index] * (1 - score) * (1 - score)
      brier += (mass - positives[index]) * score * score
      // (s − y)² − (c − y)² = (s − c)(s + c − 2y)
      gain += (score - rate) * (mass * (score + rate) - 2 * positives[index])
      spread += mass * (rate - mean) * (rate - mean)
    }
    self.brier = brier / total
    // No isotonic function is nearer to the labels than the fit; below 0 is rounding.
    miscalibration = max(0, gain / total)
    discrimination = spread / total
    uncertainty = mean * (1 - mean)
  }
}

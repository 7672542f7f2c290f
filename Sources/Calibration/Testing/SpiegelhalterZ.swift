// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics

/// Spiegelhalter's test: whether the Brier score is what the scores themselves predict.
///
/// z = Σ w(y − f)(1 − 2f) / √Σ w²(1 − 2f)² f(1 − f), standard normal where every score is right. Above 0
/// the Brier score is worse than promised, as with scores too far from ½; below 0 better. Sees only errors
/// that move the Brier score: scores too high in one place and as much too high on the other side of ½
/// cancel.
///
/// Undefined without rows, and where every score is 0, ½ or 1.
///
/// Source: Spiegelhalter 1986, doi:10.1002/sim.4780050506.
public struct SpiegelhalterZ: Sendable, Equatable {
  public let z: Double
  /// Two-sided, from the normal distribution.
  public let pValue: Double

  public init(_ sample: CalibrationSample) throws(Undefined) {
    guard sample.rowCount > 0 else { throw Undefined("no labelled rows with a score") }
    let (masses, positives) = (sample.masses, sample.positiveMasses)
    var (sum, variance) = (0.0, 0.0)
    for index in sample.scores.indices {
      let score = sample.scores[index]
      let lever = 1 - 2 * score
      sum += (positives[index] - masses[index] * score) * lever
      variance += sample.weights[index] * masses[index] * lever * lever * score * (1 - score)
    }
    guard variance > 0 else { throw Undefined("every score is 0, ½ or 1") }
    z = sum / variance.squareRoot()
    pValue = 2 * Normal.cumulative(-abs(z))
  }
}

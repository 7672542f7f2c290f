// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import RealModule

/// A debiased squared calibration error with its uncertainty: labels are random, scores are not.
public struct DebiasedCalibrationEstimate: Sendable, Equatable {
  /// As it is: may be negative.
  public let value: Double
  /// Of the value about the squared error that it estimates.
  public let standardError: Double
  /// Of the squared error itself, which is at least 0; reaches down to a negative value.
  public let interval: Interval
  public let confidence: Double
  /// Limits at z·cos(kπ/16), k = 0 … 8, z the normal quantile of the confidence.
  private let profile: [Interval]

  init(value: Double, inference: SquaredErrorInference, confidence: Double) {
    let z = Normal.critical(confidence: confidence)
    let profile = (0...8).map { step in
      inference.limits(tail: Normal.cumulative(-z * Double.cos(Double(step) * .pi / 16)))
    }
    self.value = value
    self.confidence = confidence
    self.profile = profile
    standardError = inference.standardError
    interval = Interval(low: min(profile[0].low, value), high: max(profile[0].high, value))
  }

  /// This minus another, of a slice that shares no row with it.
  ///
  /// The interval holds the differences of all pairs (θ₁, θ₂) with z₁(θ₁)² + z₂(θ₂)² ≤ z², zᵢ the
  /// normal quantile of the probability at which θᵢ is a limit: its low limit is the least l₁(z cos
  /// φ) − u₂(z sin φ) over angles of 0 … 90°, in steps of 11.25°. Where limits are linear in z that
  /// is the method of variance estimates recovery (Zou & Donner 2008, doi:10.1002/sim.3095); near
  /// 0, where they are not, that method covers too rarely.
  public func minus(_ other: DebiasedCalibrationEstimate) -> DebiasedCalibrationDifference {
    precondition(confidence == other.confidence, "intervals of one confidence are compared")
    let difference = value - other.value
    var (low, high) = (difference, difference)
    for (mine, theirs) in zip(profile, other.profile.reversed()) {
      low = min(low, mine.low - theirs.high)
      high = max(high, mine.high - theirs.low)
    }
    let variance = standardError * standardError + other.standardError * other.standardError
    return DebiasedCalibrationDifference(
      value: difference, standardError: variance.squareRoot(),
      interval: Interval(low: low, high: high))
  }
}

/// The difference of the debiased squared calibration errors of two disjoint slices.
public struct DebiasedCalibrationDifference: Sendable, Equatable {
  public let value: Double
  public let standardError: Double
  /// Of the difference of the squared errors; contains the value.
  public let interval: Interval
}

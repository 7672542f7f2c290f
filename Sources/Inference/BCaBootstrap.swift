// SPDX-License-Identifier: Apache-2.0

/// The bias-corrected and accelerated bootstrap interval.
///
/// The percentile interval with tails moved to
/// Φ(z0 + (z0 + z) / (1 − a (z0 + z))), z = ±z_{1−α/2}: the bias correction
/// z0 = Φ⁻¹((#{T* < T} + #{T* = T}/2) / B), the acceleration a from the influence values.
/// Second-order accurate, carried along by monotone transformations, within the range.
///
/// Source: Efron 1987, doi:10.1080/01621459.1987.10478410; Efron & Tibshirani 1993,
/// "An Introduction to the Bootstrap", chapter 14.
public struct BCaBootstrap: BootstrapMethod {
  private let value: Double
  private let replicates: [Double]
  private let acceleration: Double

  /// - Parameters:
  ///   - value: the estimate T.
  ///   - replicates: T* in any order; NaN stands for an undefined one and is left out.
  ///   - acceleration: see `acceleration(influences:weights:)`.
  public init(value: Double, replicates: [Double], acceleration: Double) {
    precondition(value.isFinite && acceleration.isFinite)
    self.value = value
    self.replicates = replicates.filter { !$0.isNaN }
    self.acceleration = acceleration
  }

  /// The acceleration Σ w d³ / (6 (Σ w d²)^1.5), d the influence values less their mean; nil when
  /// no row has any influence.
  ///
  /// The sign is that of the influence function: d rises with what a row adds to the estimate.
  /// For the jackknife it is the mean of the estimates without a row less the estimate without
  /// this row, so pass those estimates negated. Any positive factor cancels.
  ///
  /// - Parameters:
  ///   - influences: the distinct values, one each.
  ///   - weights: the number of rows that have each of them; only few values differ when the
  ///     estimate depends on counts.
  public static func acceleration(influences: [Double], weights: [Double]) -> Double? {
    precondition(influences.count == weights.count && weights.allSatisfy { $0 >= 0 })
    let total = weights.reduce(0, +)
    guard total > 0 else { return nil }
    // In units of the largest, so that no square or cube can overflow or vanish.
    let unit = influences.reduce(0) { max($0, $1.magnitude) }
    guard unit > 0 else { return nil }
    let mean = zip(influences, weights).reduce(0) { $0 + $1.0 / unit * $1.1 } / total
    var (squares, cubes) = (0.0, 0.0)
    for (influence, weight) in zip(influences, weights) {
      let d = influence / unit - mean
      squares += weight * d * d
      cubes += weight * d * d * d
    }
    // What is left when all are the same is the rounding error of their mean.
    guard squares > total * 1e-28 else { return nil }
    return cubes / (6 * squares * squares.squareRoot())
  }

  /// The interval; nil
  /// - when all replicates lie on one side of the estimate, so that z0 is infinite,
  /// - when 1 − a (z0 + z) ≤ 0, where the correction is no longer monotone,
  /// - with fewer than two replicates and where the limits coincide.
  ///
  /// The Monte-Carlo error counts that of z0 too: with δ the error of the replicates'
  /// distribution, a limit at the probability p is off by D δ(T) − δ(limit) in probability,
  /// D = dp/dz0 / φ(z0), and Cov(δ(T), δ(limit)) = (min(g, p) − g p) / B, g = Φ(z0).
  public func limits(confidence: Double) -> BootstrapInterval? {
    precondition(confidence > 0 && confidence < 1)
    let critical = Normal.critical(confidence: confidence)
    guard replicates.count >= 2, let share = shareBelow,
      let lower = Tail(-critical, share: share, acceleration: acceleration),
      let upper = Tail(critical, share: share, acceleration: acceleration)
    else { return nil }
    let root = Double(replicates.count).squareRoot()
    var ordered = replicates
    let low = ReplicateQuantile(
      lowerTail: lower.probability, of: &ordered, deviation: root * lower.deviation)
    let high = ReplicateQuantile(
      upperTail: upper.complement, of: &ordered, deviation: root * upper.deviation)
    guard low.value < high.value else { return nil }
    return BootstrapInterval(
      interval: Interval(low: low.value, high: high.value),
      monteCarloError: (low.error(), high.error()))
  }

  /// The share of replicates below the estimate, ties counted half; nil when it is 0 or 1.
  private var shareBelow: Double? {
    let twice = replicates.reduce(0) { $0 + ($1 < value ? 2 : $1 == value ? 1 : 0) }
    return twice == 0 || twice == 2 * replicates.count
      ? nil : Double(twice) / Double(2 * replicates.count)
  }

  /// Where a limit stands among the replicates.
  private struct Tail {
    /// The probability below it, and above it.
    let probability: Double
    let complement: Double
    /// √B times the standard error of the probability.
    let deviation: Double

    init?(_ critical: Double, share: Double, acceleration: Double) {
      let bias = Normal.quantile(share)
      let shifted = bias + critical
      let stretch = 1 - acceleration * shifted
      // Not exactly 0: its square divides below.
      guard stretch > 1e-6 else { return nil }
      let corrected = bias + shifted / stretch
      probability = Normal.cumulative(corrected)
      complement = Normal.cumulative(-corrected)
      let derivative =
        Normal.density(corrected) / Normal.density(bias) * (1 + 1 / (stretch * stretch))
      let covariance = min(share, probability) - share * probability
      let variance =
        probability * complement + derivative * derivative * share * (1 - share)
        - 2 * derivative * covariance
      deviation = max(0, variance).squareRoot()
    }
  }
}

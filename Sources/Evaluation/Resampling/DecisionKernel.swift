// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// A decision metric with its coefficients laid out for the inner loop of the counts engine.
///
/// The same arithmetic as the metric's own `value` and `gradient`, which are its oracle in the tests,
/// without a call through the protocol for every replicate and slice.
enum DecisionKernel: Sendable {
  case ratio(Ratio)
  case mean(Ratio, Ratio)
  case general(any DecisionMetric)

  struct Ratio: Sendable {
    var numerator: SIMD8<Double>
    var denominator: SIMD8<Double>

    init(_ metric: any RatioOfCounts) {
      numerator = metric.numerator
      denominator = metric.denominator
    }
  }

  init(_ metric: any DecisionMetric) {
    if let ratio = metric as? any RatioOfCounts {
      self = .ratio(Ratio(ratio))
    } else if let mean = metric as? any MeanOfRates {
      self = .mean(Ratio(mean.first), Ratio(mean.second))
    } else {
      self = .general(metric)
    }
  }

  /// The value, or NaN where it is undefined.
  func value(_ counts: SIMD8<Double>) -> Double {
    switch self {
    case .ratio(let ratio): ratio.value(counts)
    case .mean(let first, let second): (first.value(counts) + second.value(counts)) / 2
    case .general(let metric): (try? metric.value(DecisionCounts(counts))) ?? .nan
    }
  }

  /// The derivatives by each count at counts that are all positive where it matters.
  func gradient(_ counts: SIMD8<Double>) -> SIMD8<Double> {
    switch self {
    case .ratio(let ratio): ratio.gradient(counts)
    case .mean(let first, let second): (first.gradient(counts) + second.gradient(counts)) / 2
    case .general(let metric): (try? metric.gradient(DecisionCounts(counts))) ?? SIMD8()
    }
  }
}

extension DecisionKernel.Ratio {
  @inline(__always)
  func value(_ counts: SIMD8<Double>) -> Double {
    let below = (denominator * counts).sum()
    return below > 0 ? (numerator * counts).sum() / below : .nan
  }

  @inline(__always)
  func gradient(_ counts: SIMD8<Double>) -> SIMD8<Double> {
    let below = (denominator * counts).sum()
    let ratio = (numerator * counts).sum() / below
    return (numerator - denominator * ratio) / below
  }
}

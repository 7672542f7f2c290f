// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The scale on which a studentized interval is formed before it is mapped back.
///
/// An interval T ± c·se is formed for g(T) with the standard error g′(T)·se. The scale keeps the
/// limits within the range of the quantity and makes its distribution more nearly symmetric.
public enum Scale: Sendable {
  /// Any number: g(x) = x.
  case identity
  /// A quantity in [0, 1]: g(x) = log(x / (1 − x)).
  case logit
  /// A quantity in [−1, 1]: g(x) = artanh x.
  case fisherZ
  /// A quantity in [0, ∞), as a ratio: g(x) = log x.
  case logarithm

  /// g(value); infinite at an end of the range.
  public func transform(_ value: Double) -> Double {
    switch self {
    case .identity: value
    case .logit: Double.log(value) - Double.log(onePlus: -value)
    case .fisherZ: Double.atanh(value)
    case .logarithm: Double.log(value)
    }
  }

  /// g⁻¹; an end of the range at ±∞.
  public func inverse(_ transformed: Double) -> Double {
    switch self {
    case .identity: transformed
    case .logit: 1 / (1 + Double.exp(-transformed))
    case .fisherZ: Double.tanh(transformed)
    case .logarithm: Double.exp(transformed)
    }
  }

  /// g′(value); infinite at an end of the range.
  public func derivative(at value: Double) -> Double {
    switch self {
    case .identity: 1
    case .logit: 1 / (value * (1 - value))
    case .fisherZ: 1 / ((1 - value) * (1 + value))
    case .logarithm: 1 / value
    }
  }
}

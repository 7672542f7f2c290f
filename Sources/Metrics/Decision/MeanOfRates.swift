// SPDX-License-Identifier: Apache-2.0

/// A metric that is the mean of two rates with disjoint denominators, such as balanced accuracy.
public protocol MeanOfRates: DecisionMetric {
  associatedtype First: Rate
  associatedtype Second: Rate
  var first: First { get }
  var second: Second { get }
}

extension MeanOfRates {
  public var supportName: String { "rows of the smaller class" }

  public func value(_ counts: DecisionCounts) throws(Undefined) -> Double {
    try (first.value(counts) + second.value(counts)) / 2
  }

  public func gradient(_ counts: DecisionCounts) throws(Undefined) -> SIMD8<Double> {
    try (first.gradient(counts) + second.gradient(counts)) / 2
  }

  /// The smaller of the two denominators.
  public func support(_ counts: DecisionCounts) -> Double {
    min(first.support(counts), second.support(counts))
  }
}

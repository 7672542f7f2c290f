// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference

/// What limits of a number can be made from.
enum Evidence: Sendable {
  /// A rate of unweighted, independent rows: Clopper and Pearson's limits.
  case rate(Proportion)
  /// Two such rates.
  case rates(Proportion, Proportion, RateContrast)
  /// A rate of the same rows under two models: Tango's limits of its change.
  case paired(PairedProportions)
  /// Other functions of counts, drawn again from the tally.
  case counted(model: String, CountedQuestion, value: Double)
  /// A value and its standard error.
  case studentized(StudentizedBound)
  /// The change of a gap's size.
  case size(GapSizeChange)
  /// The scorecard's own limits, which hold at its level and no closer one.
  case recorded(ReportedInterval, value: Double)

  /// Two-sided limits; `nil` where none can be had at this level.
  ///
  /// - Parameter growth: by what all slices are larger than they are, their values staying.
  func limits(
    confidence: Double, growth: Double = 1,
    _ counted: (String, CountedQuestion, Double)
      -> ReportedInterval?
  ) -> Limits? {
    switch self {
    case .rate(let rate):
      let own = rate.grown(growth)
      let interval = ClopperPearson.interval(
        successes: own.successes, trials: own.trials, confidence: confidence)
      return Limits(low: interval.low, high: interval.high, method: "clopper_pearson")
    case .rates(let first, let second, let contrast):
      return contrast.interval(first.grown(growth), second.grown(growth), confidence: confidence)
        .map { Limits(low: $0.low, high: $0.high ?? .infinity, method: $0.method) }
    case .paired(let pairs):
      let interval = pairs.grown(growth).interval(confidence: confidence)
      return Limits(low: interval.low, high: interval.high, method: "tango_t")
    case .counted(let model, let question, let value):
      return counted(model, question, confidence).map { Limits($0, value: value, growth: growth) }
    case .studentized(var bound):
      bound.standardError /= growth.squareRoot()
      return bound.interval(confidence: confidence).map {
        Limits(low: $0.low, high: $0.high, method: bound.method)
      }
    case .size(let change): return change.limits(confidence: confidence, growth: growth)
    case .recorded(let interval, let value):
      guard interval.level >= confidence - 1e-9 else { return nil }
      return Limits(interval, value: value, growth: growth)
    }
  }
}

/// A lower and an upper limit; infinite where there is none.
struct Limits: Sendable, Equatable {
  var low: Double
  var high: Double
  var method: String

  init(low: Double, high: Double, method: String) {
    (self.low, self.high, self.method) = (low, high, method)
  }

  /// An interval whose distances from the value shrink as rows grow.
  init(_ interval: ReportedInterval, value: Double, growth: Double) {
    (low, high, method) = (interval.low, interval.high ?? .infinity, interval.method)
    guard growth != 1 else { return }
    let shrink = 1 / growth.squareRoot()
    low = value - (value - low) * shrink
    high = value + (high - value) * shrink
  }
}

extension Proportion {
  func grown(_ factor: Double) -> Proportion {
    factor == 1 ? self : Proportion(successes: successes * factor, trials: trials * factor)
  }
}

extension PairedProportions {
  func grown(_ factor: Double) -> PairedProportions {
    factor == 1
      ? self
      : PairedProportions(
        firstOnly: firstOnly * factor, secondOnly: secondOnly * factor, pairs: pairs * factor)
  }
}

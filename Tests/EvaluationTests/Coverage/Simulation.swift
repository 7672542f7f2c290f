// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import RealModule
import Testing

extension Tag {
  /// Simulations that measure how often intervals hold what they promise.
  @Tag static var coverage: Self
}

/// What one interval of one data set did.
struct Outcome: Sendable {
  /// Whether the interval, or every interval of a family, holds the true value.
  var isCovered: Bool
  var width: Double
  /// A number that the scenario looks at besides, such as the lower limit.
  var extra: Double = .nan
}

/// How often an interval held the true value over many data sets.
struct Coverage: Sendable {
  var name: String
  var outcomes: [Outcome]

  var covered: Int { outcomes.count(where: \.isCovered) }
  var share: Double { Double(covered) / Double(outcomes.count) }
  var meanWidth: Double { outcomes.reduce(0) { $0 + $1.width } / Double(outcomes.count) }

  /// The 99 % upper Clopper–Pearson bound of the coverage probability.
  var upperBound: Double { bounds.high }
  /// The 99 % lower bound.
  var lowerBound: Double { bounds.low }

  private var bounds: Interval {
    ClopperPearson.interval(
      successes: Double(covered), trials: Double(outcomes.count), confidence: 0.98)
  }

  /// A row of a Markdown table: what, data sets, coverage in %, mean width.
  func printRow(_ promise: String) {
    let percent = (share * 1000).rounded() / 10
    let width = (meanWidth * 10_000).rounded() / 10_000
    print("| \(name) | \(outcomes.count) | \(promise) | \(percent) % | \(width) |")
  }
}

/// Data sets drawn from one population, evaluated in the same way.
struct Simulation: Sendable {
  /// Tells its random numbers from those of other simulations.
  var family: UInt32
  var dataSets: Int
  var configuration: Configuration
  var draw: @Sendable (inout RandomStream) -> [Row]

  /// Evaluates every data set with one thread each and reads the outcomes off the results.
  ///
  /// - Parameter read: an outcome for each of `names`.
  func run(
    _ names: [String], _ read: @escaping @Sendable (EvaluationResult) -> [Outcome]
  ) async throws -> [Coverage] {
    let chunk = 25
    let outcomes = try await withThrowingTaskGroup(of: [[Outcome]].self) { group in
      for first in stride(from: 0, to: dataSets, by: chunk) {
        group.addTask {
          try (first..<min(first + chunk, dataSets)).map { index in
            var stream = RandomStream(
              seed: 20_260_101, family: family, replicate: UInt32(index))
            let own = configuration.with {
              $0.threads = 1
              $0.seed = UInt64(index)
            }
            return read(try Evaluator(own).evaluate(draw(&stream).table()))
          }
        }
      }
      // Outcomes are only counted, so their order does not matter.
      return try await group.reduce(into: []) { $0 += $1 }
    }
    return names.enumerated().map { place, name in
      Coverage(name: name, outcomes: outcomes.map { $0[place] })
    }
  }
}

extension SliceMeasurement? {
  /// Whether its interval holds `truth`; a number without an interval holds nothing.
  func outcome(_ truth: Double) -> Outcome {
    guard let interval = self?.interval, let high = interval.high else {
      return Outcome(isCovered: false, width: .nan)
    }
    return Outcome(
      isCovered: interval.low <= truth && truth <= high, width: high - interval.low)
  }
}

extension [Gap] {
  /// Whether all intervals of the family hold their true values.
  func jointOutcome(_ truth: (Gap) -> Double) -> Outcome {
    var result = Outcome(isCovered: !isEmpty, width: 0)
    for gap in self {
      guard let interval = gap.interval, let high = interval.high else {
        return Outcome(isCovered: false, width: .nan)
      }
      let truth = truth(gap)
      if truth < interval.low || truth > high { result.isCovered = false }
      result.width += (high - interval.low) / Double(count)
      result.extra = interval.low
    }
    return result
  }
}

/// Populations' exact values.
enum Expectation {
  static func logistic(_ x: Double) -> Double { 1 / (1 + Double.exp(-x)) }

  /// E f(Z) for a standard normal Z: the trapezoidal rule on ±9 with step 0.005, whose error for
  /// smooth f is far below 1e-12.
  static func normal(_ f: (Double) -> Double) -> Double {
    let step = 0.005
    return (-1800...1800).reduce(0) { sum, index in
      let z = Double(index) * step
      return sum + f(z) * Normal.density(z) * step
    }
  }

  /// The root of an increasing function between −10 and 10.
  static func root(_ f: (Double) -> Double) -> Double {
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if f(middle) < 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

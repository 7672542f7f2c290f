// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// A 2 × 2 table: two proportions.
struct Table: CustomStringConvertible {
  typealias Method = (Proportion, Proportion, _ critical: Double) -> Interval

  let sample: Proportion
  let reference: Proportion

  init(_ x: Double, _ n: Double, _ y: Double, _ m: Double) {
    sample = Proportion(successes: x, trials: n)
    reference = Proportion(successes: y, trials: m)
  }

  /// The interval of a method, at 95 % unless told.
  func interval(
    _ method: Method, critical: Double = Normal.critical(confidence: 0.95)
  ) -> Interval {
    method(sample, reference, critical)
  }

  var description: String {
    "\(sample.successes)/\(sample.trials) against \(reference.successes)/\(reference.trials)"
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// The change of a gap's size, |candidate| − |baseline|, with limits that hold wherever the gaps lie.
///
/// The size of a gap near 0 has no normal distribution, and which side a small gap is on is itself
/// uncertain. With a and b the signed gaps, |a| − |b| is the larger of s·a − |b| over both signs s, and
/// s·a − |b| the smaller of s·a − t·b over both signs t. Each s·a − t·b is normal. An upper limit must
/// hold for both s, and may rest on either t: where the sign of b is in doubt each has half the error
/// rate. A lower limit may rest on either s, and must hold for both t: where the sign of a is in doubt
/// each has half.
struct GapSizeChange: Sendable, Equatable {
  var baseline: Double
  var candidate: Double
  /// Of each model's gap, and of the difference of both.
  var baselineError: Double
  var candidateError: Double
  var differenceError: Double
  /// Of Student's t; infinite for the normal distribution.
  var degreesOfFreedom = Double.infinity

  /// A sign is beyond doubt when a number as far from 0 has the wrong one in 3 of 100,000 samples, which
  /// no usual level notices: four standard errors, more with few degrees of freedom.
  private static let doubt = 3e-5

  var value: Double { abs(candidate) - abs(baseline) }
  var method: String { degreesOfFreedom.isFinite ? "student_t" : "normal" }

  /// - Parameters:
  ///   - confidence: of both limits; each is wrong with half of the rest.
  ///   - growth: by what all slices are larger than they are, their values staying.
  func limits(confidence: Double, growth: Double = 1) -> Limits? {
    let errors = [baselineError, candidateError, differenceError]
    guard (errors + [baseline, candidate]).allSatisfy(\.isFinite), differenceError > 0 else {
      return nil
    }
    let shrink = 1 / growth.squareRoot()
    let tail = (1 - confidence) / 2
    let (baselines, low) = signs(baseline, baselineError * shrink, tail)
    let (candidates, high) = signs(candidate, candidateError * shrink, tail)
    func reach(_ s: Double, _ t: Double, _ critical: Double) -> Double {
      critical * shrink * (s == t ? differenceError : sumError)
    }
    func largest(_ signs: [Double], _ body: (Double) -> Double) -> Double {
      signs.map(body).max() ?? -.infinity
    }
    func smallest(_ signs: [Double], _ body: (Double) -> Double) -> Double {
      signs.map(body).min() ?? .infinity
    }
    return Limits(
      low: largest(candidates) { s in
        smallest([1, -1]) { t in s * candidate - t * baseline - reach(s, t, high) }
      },
      high: largest([1, -1]) { s in
        smallest(baselines) { t in s * candidate - t * baseline + reach(s, t, low) }
      }, method: method)
  }

  /// The signs that a number may have, and the critical value of a limit that may rest on any of them.
  private func signs(_ value: Double, _ error: Double, _ tail: Double)
    -> (signs: [Double], critical: Double)
  {
    let certain = StudentT.quantile(1 - Self.doubt, degreesOfFreedom: degreesOfFreedom)
    let isCertain = abs(value) >= certain * error && value != 0
    let critical = StudentT.quantile(
      1 - (isCertain ? tail : tail / 2), degreesOfFreedom: degreesOfFreedom)
    return (isCertain ? [value < 0 ? -1 : 1] : [1, -1], critical)
  }

  /// Of candidate + baseline, from the three that are known.
  private var sumError: Double {
    let squares = baselineError * baselineError + candidateError * candidateError
    return max(0, 2 * squares - differenceError * differenceError).squareRoot()
  }
}

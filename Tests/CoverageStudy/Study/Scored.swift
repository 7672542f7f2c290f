// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling
import RealModule

/// Populations of scores in (0, 1) with labels.
enum Scored {
  /// Scores logistic(x), x = −0.5 + 1.2 z, of a miscalibrated model: labels have logit 0.3 + b x.
  static func people(_ count: Int, slope: Double, _ stream: inout RandomStream) -> People {
    var result = People()
    for _ in 0..<count {
      let x = -0.5 + 1.2 * stream.normal()
      result.add(
        label: stream.uniform() < Expectation.logistic(0.3 + slope * x),
        score: Expectation.logistic(x))
    }
    return result
  }

  /// E f(score, P(label = 1)) by quadrature.
  static func expectation(slope: Double, _ f: (Double, Double) -> Double) -> Double {
    Expectation.normal { z in
      let x = -0.5 + 1.2 * z
      return f(Expectation.logistic(x), Expectation.logistic(0.3 + slope * x))
    }
  }

  /// The solution a of E logistic(a + x) = E label (quadrature).
  static func intercept(slope: Double) -> Double {
    let rate = expectation(slope: slope) { _, p in p }
    return Expectation.root { a in
      Expectation.normal { z in Expectation.logistic(a - 0.5 + 1.2 * z) } - rate
    }
  }

  /// True values of losses and means by quadrature.
  static func losses(slope: Double) -> [(metric: String, truth: Double)] {
    func expected(_ f: (Double, Double) -> Double) -> Double { expectation(slope: slope, f) }
    return [
      ("brier_score", expected { s, p in p * (1 - s) * (1 - s) + (1 - p) * s * s }),
      ("log_loss", expected { s, p in -p * Double.log(s) - (1 - p) * Double.log(onePlus: -s) }),
      ("mean_score", expected { s, _ in s }),
      ("calibration_ratio", expected { s, _ in s } / expected { _, p in p }),
    ]
  }

  /// How far positives' normal scores lie above negatives' for an AUC of Φ(shift/√2).
  static func shift(auc: Double) -> Double { 2.0.squareRoot() * Normal.quantile(auc) }

  /// Binormal scores: normal for negatives, shifted for positives.
  static func binormal(
    group: Int = 0, positives: Int, negatives: Int, shift: Double,
    into people: inout People, _ stream: inout RandomStream
  ) {
    for place in 0..<(positives + negatives) {
      let isPositive = place < positives
      let x = stream.normal() + (isPositive ? shift : 0)
      people.add(group: group, label: isPositive, score: Expectation.logistic(x))
    }
  }

  /// E over positives of the precision at their score (quadrature).
  static func averagePrecision(shift: Double, baseRate: Double) -> Double {
    Expectation.normal { z in
      let positives = baseRate * Normal.cumulative(-z)
      let negatives = (1 - baseRate) * Normal.cumulative(-z - shift)
      return positives + negatives > 0 ? positives / (positives + negatives) : 1
    }
  }
}

extension People {
  mutating func add(group: Int = 0, label: Bool, score: Double) {
    self.group.append(group)
    self.label.append(label)
    self.score.append(score)
  }
}

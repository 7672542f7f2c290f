// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The log-likelihood of labels along a line of logits: logit P(y = 1) = offset + θ·direction, as a
/// function of the one number θ. It is concave.
struct LogisticLine {
  /// An entry a row of these; how many rows and how many positives it has.
  let directions: [Double]
  let offsets: [Double]
  let rows: [Double]
  let positives: [Double]

  /// Σ over rows of log P(label), without overflow.
  ///
  /// Summed with Kahan's correction: of a million rows' likelihood the drop that is looked for is the
  /// eighth digit, and it is wanted to eight digits.
  func logLikelihood(_ theta: Double) -> Double {
    var (sum, lost) = (0.0, 0.0)
    for index in rows.indices {
      let eta = offsets[index] + theta * directions[index]
      // log(1 + e^η) = max(η, 0) + log(1 + e^−|η|)
      let softplus = max(eta, 0) + Double.log(onePlus: Double.exp(-abs(eta)))
      let term = positives[index] * eta - rows[index] * softplus - lost
      let next = sum + term
      lost = (next - sum) - term
      sum = next
    }
    return sum
  }

  /// The first derivative, and the second one's negative.
  func derivatives(_ theta: Double) -> (score: Double, information: Double) {
    var (score, information) = (0.0, 0.0)
    for index in rows.indices {
      let x = directions[index]
      let p = 1 / (1 + Double.exp(-(offsets[index] + theta * x)))
      score += (positives[index] - rows[index] * p) * x
      information += rows[index] * p * (1 - p) * x * x
    }
    return (score, information)
  }

  /// Where the likelihood is highest: Newton's method within a bracket. After a step of 10⁻⁶ standard
  /// errors the next one would be about its square.
  ///
  /// No step moves a row by more than 4 on the scale of logits: where the likelihood is flat a full
  /// step goes far astray.
  func maximum(from start: Double) -> Double {
    let widest = directions.reduce(0) { max($0, abs($1)) }
    guard widest > 0 else { return start }
    var (theta, low, high) = (start, -Double.infinity, Double.infinity)
    for _ in 0..<200 {
      let (score, information) = derivatives(theta)
      if score > 0 { low = theta } else { high = theta }
      let longest = 4 / widest
      let newton = information > 0 ? score / information : score.sign == .plus ? longest : -longest
      let next = theta + min(max(newton, -longest), longest)
      // A step that was cut short says nothing about how near the maximum is.
      if abs(newton) < longest && newton * newton * information <= 1e-12 { return next }
      theta = next > low && next < high ? next : (low + high) / 2
    }
    return theta
  }
}

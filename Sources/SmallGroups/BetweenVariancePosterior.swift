// SPDX-License-Identifier: Apache-2.0
import RealModule

/// What the groups' means say of τ², the variance between them: its likelihood with the mean
/// integrated out, on a grid, under a flat prior.
///
///     p(τ² | y) ∝ (Σ w)^(−1/2) · Π w_k^(1/2) · exp(−½ Σ w_k (y_k − m)²)
///
/// with w_k = 1 / (v_k + τ²) and m = Σ w y / Σ w.
///
/// It falls like τ^(−(K − 1)) and has a finite integral over τ² from four groups on.
struct BetweenVariancePosterior {
  /// One value of τ² that matters.
  private struct Node {
    let between: Double
    let centre: Double
    /// 1 / Σ w, the variance of the centre.
    let centreVariance: Double
    let probability: Double
  }
  private let nodes: [Node]
  private let means: [Double]
  private let variances: [Double]

  init?(_ groups: GroupMeans) {
    guard groups.groups.count >= 4 else { return nil }
    (means, variances) = (groups.values, groups.variances)
    nodes = Self.nodes(means, variances)
  }

  /// The distribution of one group's true value: normal given τ², mixed over τ².
  func mixture(_ group: Int) -> NormalMixture {
    var mixture = NormalMixture()
    for node in nodes {
      let own = node.between / (node.between + variances[group])
      let mean = node.centre + own * (means[group] - node.centre)
      let variance = own * variances[group] + (1 - own) * (1 - own) * node.centreVariance
      mixture.add(mean: mean, deviation: variance.squareRoot(), probability: node.probability)
    }
    return mixture
  }

  /// The trapezoidal rule in log τ²: the integrand is smooth there and dies out on both sides,
  /// which makes the rule exact to rounding once the step is below the posterior's width, about
  /// √(2/K).
  private static func nodes(_ means: [Double], _ variances: [Double]) -> [Node] {
    let scale = Double(means.count) / variances.reduce(0) { $0 + 1 / $1 }
    let step = 1 / max(10, Double(means.count).squareRoot())
    var found: [(node: Node, log: Double)] = []
    for place in Int(-14 / step)...Int(28 / step) {
      let between = scale * Double.exp(Double(place) * step)
      let (centre, variance, log) = likelihood(means, variances, between)
      let node = Node(
        between: between, centre: centre, centreVariance: variance, probability: 0)
      found.append((node, log + Double.log(between)))
    }
    let highest = found.reduce(-Double.infinity) { max($0, $1.log) }
    let kept = found.filter { $0.log > highest - 30 }
    let total = kept.reduce(0) { $0 + Double.exp($1.log - highest) }
    return kept.map { node, log in
      Node(
        between: node.between, centre: node.centre, centreVariance: node.centreVariance,
        probability: Double.exp(log - highest) / total)
    }
  }

  private static func likelihood(_ means: [Double], _ variances: [Double], _ between: Double) -> (
    centre: Double, variance: Double, log: Double
  ) {
    var (total, sum, logs) = (0.0, 0.0, 0.0)
    for (mean, variance) in zip(means, variances) {
      total += 1 / (variance + between)
      sum += mean / (variance + between)
      logs -= Double.log(variance + between)
    }
    let centre = sum / total
    var spread = 0.0
    for (mean, variance) in zip(means, variances) {
      spread += (mean - centre) * (mean - centre) / (variance + between)
    }
    return (centre, 1 / total, 0.5 * (logs - Double.log(total) - spread))
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The edges that cut scores into bins: (−∞, e₁], (e₁, e₂], …, (eₘ, ∞).
public struct BinEdges: Sendable, Equatable {
  /// Strictly increasing.
  public let edges: [Double]

  public var count: Int { edges.count + 1 }

  /// Given edges, strictly increasing; none make one bin.
  public init(edges: [Double] = []) {
    precondition(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
    self.edges = edges
  }

  /// Equal-mass bins of a model's pooled scores: eⱼ is the score of rank ⌈j·n/bins⌉, equal edges are
  /// merged, so that ties are never split. With fewer than `bins` distinct scores, one bin a score.
  public init(equalMass pooled: RankedScores, bins: Int = 10) {
    let weights = pooled.scores.indices.map {
      pooled.positives[$0] + pooled.negatives[$0] + pooled.unlabelled[$0]
    }
    guard pooled.scores.count >= bins else {
      edges = Array(pooled.scores.dropLast())
      return
    }
    let total = weights.reduce(0, +)
    var (found, cumulated, next) = ([Double](), 0.0, 1)
    for (score, weight) in zip(pooled.scores, weights) {
      cumulated += weight
      // A rank ⌈j·n/bins⌉ is reached when cumulated ≥ j·n/bins; compared as products to stay exact.
      while next < bins && cumulated * Double(bins) >= Double(next) * total {
        if found.last != score { found.append(score) }
        next += 1
      }
    }
    if found.last == pooled.scores.last { found.removeLast() }
    edges = found
  }

  /// The bin of a score, by bisection.
  public func bin(of score: Double) -> Int {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if score <= edges[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Labelled rows by score bin: weight, sum of scores, sum of labels. Additive.
public struct BinnedScores: Sendable, Equatable {
  public let edges: BinEdges
  public private(set) var weights: [Double]
  public private(set) var scoreSums: [Double]
  public private(set) var positives: [Double]
  public private(set) var squaredWeights: [Double]

  public init(edges: BinEdges) {
    self.edges = edges
    weights = Array(repeating: 0, count: edges.count)
    scoreSums = weights
    positives = weights
    squaredWeights = weights
  }

  /// The labelled rows of a view.
  public init(_ view: RankedScores, edges: BinEdges) {
    self.init(edges: edges)
    let (squaredPositives, squaredNegatives) = (view.squaredPositives, view.squaredNegatives)
    var bin = 0
    for (index, score) in view.scores.enumerated() {
      while bin < edges.edges.count && score > edges.edges[bin] { bin += 1 }
      let weight = view.positives[index] + view.negatives[index]
      weights[bin] += weight
      scoreSums[bin] += weight * score
      positives[bin] += view.positives[index]
      squaredWeights[bin] += squaredPositives[index] + squaredNegatives[index]
    }
  }

  /// (Σw)² / Σw²: the rows of a bin where all weigh 1, and the equally informative number otherwise.
  public func effectiveRows(_ bin: Int) -> Double {
    squaredWeights[bin] > 0 ? weights[bin] * weights[bin] / squaredWeights[bin] : 0
  }

  /// Σ |Σ(score − label)| / weight: the expected calibration error over these bins.
  public func calibrationError(positives: [Double]) -> Double {
    var (sum, total) = (0.0, 0.0)
    for bin in weights.indices {
      sum += abs(scoreSums[bin] - positives[bin])
      total += weights[bin]
    }
    return sum / total
  }
}

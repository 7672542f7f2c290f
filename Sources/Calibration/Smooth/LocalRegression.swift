// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra

/// Local quadratic regression (loess) of labels on scores, fitted at every evaluation point itself.
///
/// At a point x the rows are weighted by (1 − |d/h|³)³, h the distance to the ⌊span·n⌋-th nearest row,
/// times their own weight; the fit's value at x is a weighted sum of labels whose weights depend on
/// scores alone. They are worked out once, through polynomials orthogonal under the weights; a
/// polynomial that vanishes on the points within reach is left out (fewer than three scores there).
///
/// Rows are first spread over the nodes, see `NodeSpread`: nothing is lost where every score is a node.
///
/// Source: Cleveland & Devlin 1988, doi:10.1080/01621459.1988.10478639; R's `loess` with
/// `surface = "direct"`.
struct LocalRegression: Sendable {
  /// So many label vectors are smoothed by one product of matrices.
  private static let lanes = 32

  let nodes: [Double]
  let spread: NodeSpread
  /// What a label at node c (row) gives to the value at node g (column).
  private let operators: Matrix

  init(_ sample: CalibrationSample, nodes: [Double], span: Double) {
    self.nodes = nodes
    spread = NodeSpread(scores: sample.scores, nodes: nodes)
    let masses = spread.sums(sample.masses)
    let reaches = Self.reaches(sample, nodes, span)
    var operators = Matrix(rows: nodes.count, columns: nodes.count)
    for (node, point) in nodes.enumerated() {
      let weights = Self.weights(at: point, reaches[node], nodes, masses)
      for (source, weight) in weights.enumerated() { operators[source, node] = weight }
    }
    self.operators = operators
  }

  /// The smoothed rates of every vector: at every node.
  func smoothed(_ labels: LabelVectors) -> [[Double]] {
    stride(from: 0, to: labels.count, by: Self.lanes).flatMap { first in
      // One product for any number of vectors: its rounding then is the same for all.
      let lanes = min(Self.lanes, labels.count - first)
      var positives = Array(repeating: 0.0, count: (nodes.count + 1) * Self.lanes)
      for lane in 0..<lanes {
        spread.add(labels, first + lane, to: &positives, lane: lane, stride: Self.lanes)
      }
      positives.removeLast(Self.lanes)
      var rates = Matrix(rows: Self.lanes, columns: nodes.count)
      rates.addTransposedProduct(
        Matrix(rows: nodes.count, columns: Self.lanes, elements: positives), operators)
      return (0..<lanes).map { lane in
        Array(rates.elements[lane * nodes.count..<(lane + 1) * nodes.count])
      }
    }
  }

  /// The distance from each node to its ⌊span·n⌋-th nearest row: a window that only moves up.
  private static func reaches(
    _ sample: CalibrationSample, _ nodes: [Double], _ span: Double
  ) -> [Double] {
    let (scores, rows) = (sample.scores, sample.rows)
    // The same guard against rounding as R's: 0.75 · 4 is three rows.
    let wanted = max(1, min(sample.rowCount, (span * sample.rowCount + 1e-5).rounded(.down)))
    var (low, high, held) = (0, 0, 0.0)
    return nodes.map { node in
      while true {
        while low + 1 < high, held - rows[low] >= wanted,
          node - scores[low] >= scores[high - 1] - node
        {
          held -= rows[low]
          low += 1
        }
        guard high < scores.count, held < wanted || scores[high] - node < node - scores[low] else {
          return max(node - scores[low], scores[high - 1] - node)
        }
        held += rows[high]
        high += 1
      }
    }
  }

  /// The weight that each node's labels have in the fit at `point`.
  private static func weights(
    at point: Double, _ reach: Double, _ nodes: [Double], _ masses: [Double]
  ) -> [Double] {
    let distances = nodes.map { reach > 0 ? ($0 - point) / reach : $0 == point ? 0 : 1 }
    let kernel = distances.map { distance in
      let near = 1 - min(1, abs(distance * distance * distance))
      return near * near * near
    }
    // p₀ = 1, p₁ = u − α₀, p₂ = (u − α₁) p₁ − β p₀, all orthogonal under kernel × mass.
    var (before, current) = (distances.map { _ in 0.0 }, distances.map { _ in 1.0 })
    var (beforeHere, here, normBefore) = (0.0, 1.0, 1.0)
    var result = distances.map { _ in 0.0 }
    for degree in 0...2 {
      var (norm, moment) = (0.0, 0.0)
      for index in kernel.indices {
        let square = kernel[index] * masses[index] * current[index] * current[index]
        norm += square
        moment += distances[index] * square
      }
      guard norm > 1e-12 * normBefore else { break }
      for index in kernel.indices { result[index] += kernel[index] * current[index] * here / norm }
      let (alpha, beta) = (moment / norm, degree == 0 ? 0 : norm / normBefore)
      for index in kernel.indices {
        let next = (distances[index] - alpha) * current[index] - beta * before[index]
        (before[index], current[index]) = (current[index], next)
      }
      (beforeHere, here) = (here, -alpha * here - beta * beforeHere)
      normBefore = norm
    }
    return result
  }
}

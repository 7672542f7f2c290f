// SPDX-License-Identifier: Apache-2.0

/// The integrated calibration index of one sample's scores, for any labels.
public struct PreparedIntegratedCalibration: PreparedCalibrationStatistic {
  /// The mean, the median and the 90 % quantile of |score − smoothed rate|.
  public struct Distances: Sendable, Equatable {
    public let mean: Double
    public let median: Double
    public let ninetieth: Double
  }

  private let regression: LocalRegression
  private let masses: [Double]
  private let mass: Double
  /// Weight of the rows on each node.
  private let nodeMasses: [Double]
  /// The first entry that lies at each node or above, and the number of entries.
  private let starts: [Int]

  init(_ sample: CalibrationSample, span: Double) {
    let nodes = Self.nodes(sample, IntegratedCalibrationIndex.mostNodes)
    regression = LocalRegression(sample, nodes: nodes, span: span)
    masses = sample.masses
    mass = masses.reduce(0, +)
    nodeMasses = regression.spread.sums(masses)
    var (starts, entry) = ([Int](), 0)
    for node in nodes {
      while sample.scores[entry] < node { entry += 1 }
      starts.append(entry)
    }
    self.starts = starts + [sample.count]
  }

  /// The scores at which the curve is fitted, ascending.
  public var nodes: [Double] { regression.nodes }

  /// The smoothed rates at `nodes`.
  public func curve(positives: [Double]) -> [Double] {
    regression.smoothed(LabelVectors(positives: positives))[0]
  }

  /// ICI.
  public func values(_ labels: LabelVectors) -> [Double] {
    regression.smoothed(labels).map { curve in
      let offs = zip(nodes, curve).map { $0 - $1 }
      return meanDistance(offs)
    }
  }

  /// The mean of |score − rate| from score − rate at the nodes, which is straight between two nodes: where
  /// it keeps its sign, distances can be shared by the nodes as the rows are.
  private func meanDistance(_ offs: [Double]) -> Double {
    var sum = 0.0
    for node in offs.indices { sum += nodeMasses[node] * abs(offs[node]) }
    for node in offs.indices.dropLast() where offs[node] * offs[node + 1] < 0 {
      let (low, high) = (offs[node], offs[node + 1])
      for entry in starts[node]..<starts[node + 1] {
        let share = regression.spread.parts[entry].share
        let shared = (1 - share) * abs(low) + share * abs(high)
        sum += masses[entry] * (abs(low + share * (high - low)) - shared)
      }
    }
    return sum / mass
  }

  /// ICI, E50 and E90.
  public func distances(positives: [Double]) -> Distances {
    let offs = zip(nodes, curve(positives: positives)).map { $0 - $1 }
    let distances = regression.spread.parts.map { part in
      let high = offs[min(part.lower + 1, offs.count - 1)]
      return abs(offs[part.lower] + part.share * (high - offs[part.lower]))
    }
    let order = distances.indices.sorted { distances[$0] < distances[$1] }
    func quantile(_ share: Double) -> Double {
      var cumulated = 0.0
      for entry in order {
        cumulated += masses[entry]
        if cumulated >= share * mass { return distances[entry] }
      }
      return order.last.map { distances[$0] } ?? 0
    }
    return Distances(
      mean: meanDistance(offs), median: quantile(0.5), ninetieth: quantile(0.9))
  }

  /// All distinct scores, or about `most` of them, with the lowest and the highest, in equal steps of
  /// rank share + score share: neither many rows nor a wide stretch of scores lies between two.
  private static func nodes(_ sample: CalibrationSample, _ most: Int) -> [Double] {
    var distinct: [(score: Double, rows: Double)] = []
    for (score, rows) in zip(sample.scores, sample.rows) {
      if let last = distinct.last, last.score == score {
        distinct[distinct.count - 1].rows += rows
      } else {
        distinct.append((score, rows))
      }
    }
    guard distinct.count > most, let lowest = sample.scores.first, let highest = sample.scores.last
    else { return distinct.map(\.score) }
    let steps = Double(most - 1)
    let rowsBefore = sample.rowCount - (distinct.last?.rows ?? 0)
    var (nodes, before, next) = ([Double](), 0.0, 0.0)
    for (score, rows) in distinct {
      // From 0 at the lowest score to 2 at the highest.
      let position =
        before / rowsBefore
        + (score - lowest) / (highest - lowest)
      before += rows
      guard position * steps >= 2 * next - 1e-9 else { continue }
      nodes.append(score)
      next = (position * steps / 2).rounded(.down) + 1
    }
    if nodes.last != highest { nodes.append(highest) }
    return nodes
  }
}

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
  private let scores: [Double]
  private let masses: [Double]
  private let mass: Double

  init(_ sample: CalibrationSample, span: Double) {
    regression = LocalRegression(
      sample, nodes: Self.nodes(sample, IntegratedCalibrationIndex.mostNodes), span: span)
    scores = sample.scores
    masses = sample.masses
    mass = masses.reduce(0, +)
  }

  /// The scores at which the curve is fitted, ascending.
  public var nodes: [Double] { regression.nodes }

  /// The smoothed rates at `nodes`.
  public func curve(positives: [Double]) -> [Double] {
    regression.smoothed(positives: positives)
  }

  /// ICI.
  public func value(positives: [Double]) -> Double {
    var sum = 0.0
    regression.interpolate(curve(positives: positives)) { entry, rate in
      sum += masses[entry] * abs(scores[entry] - rate)
    }
    return sum / mass
  }

  /// ICI, E50 and E90.
  public func distances(positives: [Double]) -> Distances {
    var distances = Array(repeating: 0.0, count: scores.count)
    regression.interpolate(curve(positives: positives)) { entry, rate in
      distances[entry] = abs(scores[entry] - rate)
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
      mean: value(positives: positives), median: quantile(0.5), ninetieth: quantile(0.9))
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
    var (nodes, before, next) = ([Double](), 0.0, 0.0)
    for (score, rows) in distinct {
      // From 0 at the lowest score to 2 at the highest.
      let position =
        before / (sample.rowCount - (distinct.last?.rows ?? 0))
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

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The recalibration curve: the isotonic regression of labels on scores, without any choice of
/// bins.
///
/// Rows of one score are taken together, then pooled by `PoolAdjacentViolators`. The curve is
/// constant on a step and straight between steps. Undefined without labelled rows.
///
/// Source: Dimitriadis, Gneiting & Jordan 2021 (CORP), doi:10.1073/pnas.2016191118.
public struct ReliabilityCurve: Sendable, Equatable {
  /// Rows that are given one rate.
  public struct Step: Sendable, Equatable {
    /// The lowest and the highest score of its rows.
    public var low: Double
    public var high: Double
    /// The recalibrated rate of positives.
    public var rate: Double
    public var rows: Double
    /// Weight of the rows.
    public var mass: Double
  }

  /// In ascending order of scores and of rates.
  public let steps: [Step]

  /// - Throws: `Undefined` without labelled rows.
  public init(_ sample: CalibrationSample) throws(Undefined) {
    let distinct = DistinctScores(sample)
    guard distinct.masses.contains(where: { $0 > 0 }) else { throw Undefined.noLabelledRows }
    let fit = PoolAdjacentViolators(
      sums: distinct.sums(sample.positiveMasses), weights: distinct.masses)
    steps = fit.blocks.map { block in
      let entries = block.entries
      return Step(
        low: distinct.scores[entries.lowerBound], high: distinct.scores[entries.upperBound - 1],
        rate: block.mean, rows: distinct.rows[entries].reduce(0, +), mass: block.weight)
    }
  }

  /// The recalibrated rate of a score: constant on steps and beyond the ends, straight in between.
  /// Cost O(log steps).
  public func rate(at score: Double) -> Double {
    var (low, high) = (0, steps.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if score <= steps[middle].high { high = middle } else { low = middle + 1 }
    }
    let step = steps[low]
    guard low > 0, score < step.low else { return step.rate }
    let before = steps[low - 1]
    let share = (score - before.high) / (step.low - before.high)
    return before.rate + share * (step.rate - before.rate)
  }

  /// The polyline to draw, of at most `limit` vertices.
  public func drawn(atMost limit: Int = 60) -> DrawnCurve {
    var corners: [DrawnCurve.Vertex] = []
    for step in steps {
      corners.append(DrawnCurve.Vertex(score: step.low, rate: step.rate))
      if step.high > step.low {
        corners.append(DrawnCurve.Vertex(score: step.high, rate: step.rate))
      }
    }
    return DrawnCurve(corners, atMost: limit)
  }
}

extension Undefined {
  static let noLabelledRows = Undefined("no labelled rows with a score")
}

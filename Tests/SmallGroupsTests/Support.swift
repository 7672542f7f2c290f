// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import EvenhandSmallGroups
import RealModule

/// Rates from successes and trials.
func rates(_ successes: [Int], _ trials: [Int]) -> GroupMeans {
  GroupMeans(CellCounts(positives: successes, rows: trials))
}

/// Six means that are no rates: counts, means, variances of a row.
let losses: [GroupMean] = zip(
  [(12, 1.2), (30, 0.9), (8, 1.5), (25, 1.1), (40, 0.7), (10, 1.9)], [0.5, 0.8, 1.1, 0.6, 0.9, 1.4]
).map { GroupMean(count: $0.0, mean: $0.1, variance: $1) }

/// The same groups with the outcome in other units, y → a + b y.
func inUnits(_ groups: [GroupMean], shift: Double, scale: Double) -> [GroupMean] {
  groups.map {
    GroupMean(
      count: $0.count, mean: shift + scale * $0.mean, variance: scale * scale * $0.variance)
  }
}

/// All cells of attributes with these numbers of levels, the last attribute fastest.
func allCells(_ shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { cells, count in cells.flatMap { cell in (0..<count).map { cell + [$0] } } }
}

/// A whole number, uniform in its logarithm.
func logUniform(_ low: Double, _ high: Double, _ stream: inout RandomStream) -> Int {
  Int((low * Double.exp(stream.uniform() * Double.log(high / low))).rounded())
}

/// The largest distance between two lists.
func distance(_ left: [Double], _ right: [Double]) -> Double {
  precondition(left.count == right.count)
  return zip(left, right).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
}

/// The 99 % Clopper–Pearson bound below which, or above which, a measured probability is believed.
enum Bound {
  static func upper(_ count: Int, of total: Int) -> Double {
    ClopperPearson.interval(
      successes: Double(count), trials: Double(total), confidence: 0.98
    ).high
  }
  static func lower(_ count: Int, of total: Int) -> Double {
    ClopperPearson.interval(
      successes: Double(count), trials: Double(total), confidence: 0.98
    ).low
  }
}

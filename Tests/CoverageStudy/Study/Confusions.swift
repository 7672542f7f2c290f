// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandSampling

/// Labels and decisions of groups: every person falls into one of four cells of its group.
struct Confusions: Sendable {
  struct Group: Sendable, Hashable {
    var size: Int
    var baseRate: Double
    var truePositiveRate: Double
    var falsePositiveRate: Double

    /// The chances of true positives, false positives, false negatives and true negatives.
    var cells: [Double] {
      [
        baseRate * truePositiveRate, (1 - baseRate) * falsePositiveRate,
        baseRate * (1 - truePositiveRate), (1 - baseRate) * (1 - falsePositiveRate),
      ]
    }

    /// As exact counts, of which metrics have their true values.
    var truth: DecisionCounts {
      DecisionCounts(
        truePositives: cells[0], falsePositives: cells[1], falseNegatives: cells[2],
        trueNegatives: cells[3])
    }

    var isHard: Bool { Hardness.ofCells(cells.map { $0 * Double(size) }) }
  }

  var groups: [Group]

  var isHard: Bool { groups.contains(where: \.isHard) }

  /// The four counts of every group in turn; sizes are fixed.
  func draw(_ stream: inout RandomStream) -> [Int] {
    groups.flatMap { group -> [Int] in
      var drawn = [Double](repeating: 0, count: 4)
      Multinomial.sample(
        trials: group.size, weights: group.cells, into: &drawn, using: &stream)
      return drawn.map { Int($0) }
    }
  }

  func people(_ counts: [Int]) -> People {
    var result = People()
    for (place, count) in counts.enumerated() where count > 0 {
      result.group.append(place / 4)
      result.label.append(place % 2 == 0)
      result.decision.append(place % 4 < 2)
      result.count.append(Double(count))
    }
    return result
  }

  static func configuration(_ metrics: Set<String>, replicates: Int) -> Configuration {
    .decisions(metrics, replicates: replicates).with {
      $0.label = People.Name.label
      $0.count = People.Name.count
    }
  }
}

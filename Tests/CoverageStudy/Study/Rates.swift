// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandInference
import EvenhandSampling

/// Selected people of every group, of which the numbers of people are fixed.
package struct Rates: Sendable {
  /// True rates and sizes.
  var groups: [Group]

  struct Group: Sendable, Hashable {
    var trials: Int
    var rate: Double

    init(_ trials: Int, _ rate: Double) {
      self.trials = trials
      self.rate = rate
    }
  }

  init(_ groups: [Group]) { self.groups = groups }

  init(sizes: [Int], rates: [Double]) {
    groups = zip(sizes, rates).map { Group($0, $1) }
  }

  /// How many are selected, by group.
  func draw(_ stream: inout RandomStream) -> [Int] {
    groups.map { Binomial.sample(trials: $0.trials, probability: $0.rate, using: &stream) }
  }

  var isHard: Bool { Hardness.ofRates(groups.map { ($0.trials, $0.rate) }) }
  var difference: Double {
    (groups.map(\.rate).max() ?? 0) - (groups.map(\.rate).min() ?? 0)
  }
  var ratio: Double { (groups.map(\.rate).min() ?? 0) / (groups.map(\.rate).max() ?? 0) }

  func proportions(_ selected: [Int]) -> [Proportion] {
    zip(selected, groups).map { Proportion(successes: Double($0), trials: Double($1.trials)) }
  }

  /// The selected and the others as a counted table, of which `configuration` must say so.
  func people(_ selected: [Int]) -> People {
    var result = People()
    for (place, (count, group)) in zip(selected, groups).enumerated() {
      for isSelected in [true, false] {
        let number = isSelected ? count : group.trials - count
        guard number > 0 else { continue }
        result.group.append(place)
        result.decision.append(isSelected)
        result.count.append(Double(number))
      }
    }
    return result
  }

  /// Selection rates of a counted table whose first group is the reference.
  static func configuration(replicates: Int) -> Configuration {
    .decisions(["selection_rate"], replicates: replicates).with {
      $0.count = People.Name.count
      $0.references = [People.Name.group: "0"]
      $0.minimum = 5
    }
  }

  /// Bootstrap replicates of the selected and the sizes, drawn from all people at once.
  func resampled(
    _ selected: [Int], replicates: Int, seed: UInt64,
    _ reduce: (_ selected: [Double], _ sizes: [Double]) -> Void
  ) {
    let cells = zip(selected, groups).flatMap { [$0, $1.trials - $0] }
    var drawn = [Double](repeating: 0, count: cells.count)
    for replicate in 0..<replicates {
      var stream = RandomStream(
        seed: seed, family: Trial.family("resampled"), replicate: UInt32(replicate))
      Multinomial.resample(cells, into: &drawn, using: &stream)
      let chosen = groups.indices.map { drawn[2 * $0] }
      reduce(chosen, groups.indices.map { drawn[2 * $0] + drawn[2 * $0 + 1] })
    }
  }
}

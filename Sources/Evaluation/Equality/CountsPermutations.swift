// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// Permutation tests of metrics of counts: what is dealt are counts, not rows.
///
/// A rate deals the rows of its denominator; a mean of two rates those of either denominator by
/// themselves; any other metric all rows that it counts. Deals are shared between metrics. A rate and
/// its complement are one statistic: 1 − p has the same differences, variance and smoothing.
struct CountsPermutations: PermutationJob {
  private(set) var tests: [[Int]] = []
  let unit: String
  private var decks: [CountsDeck] = []
  private var statistics: [Statistic] = []

  private struct Statistic: Sendable {
    var key: Key
    var kernel: DecisionKernel
    var smoothing: SIMD8<Double>
  }

  private struct Key: Hashable {
    /// Of a rate: the cells counted, or not counted, whichever hold the denominator's first.
    var counted: DecisionCells?
    /// Of any other metric.
    var metric: String?
    var decks: [Int]
  }

  init(_ context: PermutationContext, _ entries: [(TestEntry, any DecisionMetric)]) {
    unit = context.unitOfRows
    for (entry, metric) in entries {
      let places = Self.dealt(metric).map { deck(context, $0, entry.groups) }
      var key = Key(decks: places)
      if let rate = metric as? any Rate {
        let rest = rate.among.subtracting(rate.counted)
        key.counted =
          rate.counted.rawValue.trailingZeroBitCount < rest.rawValue.trailingZeroBitCount
          ? rate.counted : rest
      } else {
        key.metric = metric.id
      }
      if let known = statistics.firstIndex(where: { $0.key == key }) {
        tests[known].append(entry.test)
      } else {
        statistics.append(
          Statistic(key: key, kernel: DecisionKernel(metric), smoothing: metric.smoothing))
        tests.append([entry.test])
      }
    }
  }

  /// The sets of rows among which groups are dealt.
  static func dealt(_ metric: any DecisionMetric) -> [DecisionCells] {
    if let rate = metric as? any Rate { return [rate.among] }
    if let mean = metric as? any MeanOfRates { return [mean.first.among, mean.second.among] }
    return [cells(where: (metric as? any RatioOfCounts)?.denominator ?? metric.smoothing)]
  }

  /// The deck of the rows of `among`; metrics whose rows are the same ones in this table share it.
  private mutating func deck(
    _ context: PermutationContext, _ among: DecisionCells, _ groups: [Int]
  ) -> Int {
    let totals = groups.reduce(into: SIMD8<Double>()) { $0 += context.tally.decisions[$1].rows }
    let occupied = among.intersection(Self.cells(where: totals))
    if let known = decks.firstIndex(where: { $0.among == occupied && $0.groups == groups }) {
      return known
    }
    decks.append(CountsDeck(context, among: occupied, groups: groups))
    return decks.count - 1
  }

  private static func cells(where numbers: SIMD8<Double>) -> DecisionCells {
    DecisionCells((0..<8).filter { numbers[$0] > 0 }.map { DecisionCells(rawValue: 1 << $0) })
  }

  func reached(_ permutations: Range<Int>) -> [Reached] {
    var dealt = decks.map(\.observed)
    var tallies = statistics.map { statistic in
      var tally = EqualityTally(groups: dealt[statistic.key.decks[0]].count)
      Self.evaluate(statistic, dealt, &tally)
      tally.observe()
      return tally
    }
    var places = decks.map { Array(repeating: 0, count: $0.groups.count) }
    for permutation in permutations {
      for deck in decks.indices {
        decks[deck].deal(permutation, into: &dealt[deck], &places[deck])
      }
      for index in statistics.indices {
        Self.evaluate(statistics[index], dealt, &tallies[index])
        tallies[index].record()
      }
    }
    return tallies.map(\.reached)
  }

  private static func evaluate(
    _ statistic: Statistic, _ dealt: [[SIMD8<Double>]], _ tally: inout EqualityTally
  ) {
    let decks = statistic.key.decks
    if statistic.key.counted != nil, case .ratio(let rate) = statistic.kernel {
      evaluate(rate, dealt[decks[0]], &tally)
      return
    }
    for group in tally.values.indices {
      var counts = dealt[decks[0]][group]
      for deck in decks.dropFirst() { counts += dealt[deck][group] }
      tally.values[group] = statistic.kernel.value(counts)
      let smoothed = counts + statistic.smoothing
      let slope = statistic.kernel.gradient(smoothed)
      tally.variances[group] = (smoothed * slope * slope).sum()
    }
  }

  /// A rate's smoothed variance in closed form: p̃(1 − p̃)/(n + 2) with p̃ = (x + 1)/(n + 2).
  private static func evaluate(
    _ rate: DecisionKernel.Ratio, _ dealt: [SIMD8<Double>], _ tally: inout EqualityTally
  ) {
    for group in tally.values.indices {
      let successes = (rate.numerator * dealt[group]).sum()
      let trials = (rate.denominator * dealt[group]).sum()
      let smoothed = (successes + 1) / (trials + 2)
      tally.values[group] = successes / trials
      tally.variances[group] = smoothed * (1 - smoothed) / (trials + 2)
    }
  }
}

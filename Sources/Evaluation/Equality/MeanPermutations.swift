// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// Permutation tests of means over scored rows: mean score, losses, expected over observed.
struct MeanPermutations: PermutationJob {
  let tests: [[Int]]
  let unit: String
  private let deck: ScoreDeck
  private let ratios: [Ratio]
  /// By card: what one unit adds to the sums.
  private let sums: [SIMD8<Double>]

  /// A mean, or a ratio of means, by places in the sums: squared error b and b², log loss l and l²,
  /// score s and s², label y, s·y.
  private enum Ratio {
    /// Of a column, its squares in the next one.
    case mean(Int)
    case expectedToObserved
  }

  /// - Parameter entries: over the same groups, all in need of labels or none.
  init(
    _ context: PermutationContext,
    _ entries: [(entry: TestEntry, metric: any ProbabilityMetric)], isLabelled: Bool
  ) {
    tests = entries.map { [$0.entry.test] }
    unit = context.unitOfRows
    let deck = ScoreDeck(
      context, isLabelled ? .labelled : .scored, groups: entries.first?.entry.groups ?? [])
    self.deck = deck
    ratios = entries.map { entry in
      switch entry.metric.id {
      case BrierScore().id: .mean(0)
      case LogLoss().id: .mean(2)
      case MeanScore().id: .mean(4)
      default: .expectedToObserved
      }
    }
    // Scores far from 0 would lose the digits of their variance; only a mean score can be moved.
    let isProbability = context.plan.models[context.model].kind == .probability
    let rows = deck.cards.reduce(0) { $0 + $1.units }
    let centre =
      isProbability
      ? 0 : deck.cards.reduce(0) { $0 + $1.score * Double($1.units) } / Double(max(1, rows))
    sums = deck.cards.map { card in
      let moments = ScoreMoments.row(score: card.score, label: card.label)
      let (b, l, s, y) = (moments[5], moments[6], card.score - centre, moments[4])
      return SIMD8(b, b * b, l, l * l, s, s * s, y, s * y)
    }
  }

  /// One group's rows and sums.
  private struct Part {
    var rows = 0.0
    var sums = SIMD8<Double>()
  }

  func reached(_ permutations: Range<Int>) -> [Reached] {
    var parts = parts(deck.observed)
    var tallies = ratios.map { ratio in
      var tally = EqualityTally(groups: parts.count)
      Self.evaluate(ratio, parts, &tally)
      tally.observe()
      return tally
    }
    var deal = deck.observed
    for permutation in permutations {
      deck.deal(permutation, into: &deal)
      parts = self.parts(deal)
      for index in ratios.indices {
        Self.evaluate(ratios[index], parts, &tallies[index])
        tallies[index].record()
      }
    }
    return tallies.map(\.reached)
  }

  private func parts(_ deal: ScoreDeck.Deal) -> [Part] {
    var parts = Array(repeating: Part(), count: deck.groupCount)
    var entry = 0
    for (card, end) in deal.ends.enumerated() {
      let own = sums[card]
      while entry < end {
        let group = Int(deal.groups[entry])
        parts[group].rows += deal.units[entry]
        parts[group].sums += own * deal.units[entry]
        entry += 1
      }
    }
    return parts
  }

  /// θ = Σa/Σb with the variance Σ(a − θb)²/(Σb)² · n/(n−1), as estimates have it.
  private static func evaluate(_ ratio: Ratio, _ parts: [Part], _ tally: inout EqualityTally) {
    for (group, part) in parts.enumerated() {
      let (sums, rows) = (part.sums, part.rows)
      let correction = rows > 1 ? rows / (rows - 1) : 1
      switch ratio {
      case .mean(let column):
        let mean = sums[column] / rows
        let square = sums[column + 1] / rows - mean * mean
        tally.values[group] = mean
        tally.variances[group] = max(0, square) / rows * correction
      case .expectedToObserved:
        let value = sums[4] / sums[6]
        let square = sums[5] - 2 * value * sums[7] + value * value * sums[6]
        tally.values[group] = value
        tally.variances[group] = max(0, square) / (sums[6] * sums[6]) * correction
      }
    }
  }
}

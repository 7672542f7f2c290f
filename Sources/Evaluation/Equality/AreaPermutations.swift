// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The permutation test of the area under the ROC curve.
///
/// Positives change places with positives, negatives with negatives, so that every group keeps both.
/// One pass over the cards in the order of their scores gives all groups' placements, from which areas
/// and DeLong variances follow.
struct AreaPermutations: PermutationJob {
  let tests: [[Int]]
  let unit: String
  private let deck: ScoreDeck

  init(_ context: PermutationContext, _ entry: TestEntry) {
    tests = [[entry.test]]
    unit = context.unitOfRows
    deck = ScoreDeck(context, .classes, groups: entry.groups)
  }

  /// One group on the way up through the scores.
  private struct Climb {
    /// Twice the placements of the positives among the negatives below: their sum and their squares'.
    var positives = Placements()
    /// The same of the negatives.
    var negatives = Placements()
    /// At the score in hand.
    var tiedPositives = 0.0
    var tiedNegatives = 0.0

    struct Placements {
      var count = 0.0
      var sum = 0.0
      var squares = 0.0

      @inline(__always)
      mutating func add(_ rows: Double, _ placement: Double) {
        count += rows
        sum += rows * placement
        squares += rows * placement * placement
      }

      /// The variance of their mean; sums of whole numbers, so that equal placements give 0.
      func variance(of others: Double) -> Double {
        let spread = count * squares - sum * sum
        // Beyond 2⁵³ squares are rounded.
        guard spread > 1e-14 * count * squares else { return 0 }
        let correction = count > 1 ? count / (count - 1) : 1
        return spread / (4 * others * others * count * count * count) * correction
      }
    }

    @inline(__always)
    mutating func meet(_ units: Double, isPositive: Bool) {
      if isPositive { tiedPositives += units } else { tiedNegatives += units }
    }

    /// To be called once or more often for a score.
    @inline(__always)
    mutating func passScore() {
      guard tiedPositives + tiedNegatives > 0 else { return }
      let (below, tied) = (positives.count, tiedPositives)
      positives.add(tiedPositives, 2 * negatives.count + tiedNegatives)
      negatives.add(tiedNegatives, 2 * below + tied)
      tiedPositives = 0
      tiedNegatives = 0
    }

    var area: Double { positives.sum / (2 * positives.count * negatives.count) }

    /// DeLong's; where placements do not vary, as if one row of the smaller class were ranked
    /// otherwise.
    var variance: Double {
      let own =
        positives.variance(of: negatives.count) + negatives.variance(of: positives.count)
      guard own == 0 else { return own }
      let fewest = min(positives.count, negatives.count)
      let smoothed = (area * fewest + 1) / (fewest + 2)
      return smoothed * (1 - smoothed) / (fewest + 2)
    }
  }

  func reached(_ permutations: Range<Int>) -> [Reached] {
    var tally = EqualityTally(groups: deck.groupCount)
    evaluate(deck.observed, &tally)
    tally.observe()
    var deal = deck.observed
    for permutation in permutations {
      deck.deal(permutation, into: &deal)
      evaluate(deal, &tally)
      tally.record()
    }
    return [tally.reached]
  }

  private func evaluate(_ deal: ScoreDeck.Deal, _ tally: inout EqualityTally) {
    var climbs = Array(repeating: Climb(), count: deck.groupCount)
    var (card, entry) = (0, 0)
    for cardEnd in deck.scoreEnds {
      let first = entry
      while card < cardEnd {
        let isPositive = deck.cards[card].label == true
        while entry < deal.ends[card] {
          climbs[Int(deal.groups[entry])].meet(deal.units[entry], isPositive: isPositive)
          entry += 1
        }
        card += 1
      }
      for met in first..<entry { climbs[Int(deal.groups[met])].passScore() }
    }
    for group in climbs.indices {
      tally.values[group] = climbs[group].area
      tally.variances[group] = climbs[group].variance
    }
  }
}

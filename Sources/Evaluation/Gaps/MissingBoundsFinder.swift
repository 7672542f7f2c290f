// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// How far the rows without a group could move the gaps of one metric of one model.
///
/// Each such row belongs in truth to some group: to one of those compared, or to another. The bounds are
/// over all such assignments; there is no sampling error in them. They are sharp, that is attained, but
/// for two cases, where they are only never too narrow:
/// * metrics of scores: the limit of a difference (ratio) that lies on the far side of 0 (1), so that no
///   assignment changes the sign. Two slices may then want the same rows;
/// * the end of a range nearest to equality (see `nearest`).
///
/// For groupings by one attribute, also within strata of a condition. A row without a stratum stays in
/// the stratum "missing". Nothing is offered for crossed attributes, where a row may lack one of two;
/// where people without a group are one; and where a withheld slice would be involved.
struct MissingBoundsFinder: Sendable {
  private struct Missing {
    var slice: Int
    var rows: any MissingBoundsRows
  }

  private let groupings: [Grouping]
  private let estimates: MetricEstimates
  private let withheld: Set<Int>
  /// The metric's summaries, by slice.
  private let tallies: [AdditiveTally]
  /// By grouping.
  private let missing: [Missing?]

  init(plan: Plan, tally: ModelTally, estimates: MetricEstimates, withheld: Set<Int>) {
    groupings = plan.slices.groupings
    self.estimates = estimates
    self.withheld = withheld
    let metric = estimates.metric
    let tallies = metric is any DecisionMetric ? tally.decisions : tally.moments
    self.tallies = tallies
    missing = groupings.map { grouping in
      guard !plan.configuration.missingAsGroup,
        let slice = Self.missingMember(grouping, plan.slices), !withheld.contains(slice)
      else { return nil }
      let rows: (any MissingBoundsRows)? =
        switch metric {
        case let metric as any DecisionMetric:
          MissingBoundsCounts(metric, missing: tallies[slice])
        // With the losses of single rows at hand a bound could give one of them away.
        case let metric as any ProbabilityMetric where plan.configuration.suppressBelow == nil:
          MissingBoundsScores(
            metric, plan: plan, model: estimates.model ?? 0, slice: slice, missing: tallies[slice])
        default: nil
        }
      return rows.map { Missing(slice: slice, rows: $0) }
    }
  }

  /// The slice of a grouping by one attribute whose rows lack it.
  private static func missingMember(_ grouping: Grouping, _ slices: SliceTable) -> Int? {
    guard grouping.attributes.count == 1 else { return nil }
    return grouping.members.first {
      slices.slices[$0].group(of: grouping.attributes[0]) == .some(nil)
    }
  }

  /// The bounds of a gap between a slice and another, or its context.
  ///
  /// The context contains the rows without a group whichever group they belong to, so its value stays.
  func bounds(_ kind: GapKind, grouping: Int, slice: Int, reference: Int) -> MissingBounds? {
    guard let missing = missing[grouping], let own = member(slice, missing),
      let value = estimates.estimates[reference].value, !(kind.isRatio && value == 0)
    else { return nil }
    let other: ClosedRange<Double>
    if reference == groupings[grouping].context {
      guard !withheld.contains(reference) else { return nil }
      other = value...value
    } else {
      guard let found = member(reference, missing) else { return nil }
      other = found.reach
    }
    let (low, high) = Self.compare(own.reach, other, isRatio: kind.isRatio)
    let gap = kind.isRatio ? own.value / value : own.value - value
    return MissingBounds(
      rows: missing.rows.rows, low: min(low, gap), high: high.isFinite ? max(high, gap) : nil)
  }

  /// The bounds of max − min, or of min ÷ max, over some slices of a grouping.
  func range(grouping: Int, slices: [Int], isRatio: Bool) -> MissingBounds? {
    guard let missing = missing[grouping] else { return nil }
    let members = slices.compactMap { member($0, missing) }.sorted { $0.value < $1.value }
    guard members.count == slices.count, members.count > 1,
      let lowest = members.first?.value, let highest = members.last?.value,
      !(isRatio && highest == 0)
    else { return nil }
    // The range is the largest of all pairs, whose extremes are attained, so its extreme is too.
    let pairs = members.indices.flatMap { slice in
      members.indices.filter { $0 != slice }.map {
        Self.compare(members[slice].reach, members[$0].reach, isRatio: isRatio)
      }
    }
    let nearest = nearest(members, missing.rows, isRatio: isRatio)
    let value = isRatio ? lowest / highest : highest - lowest
    let rows = missing.rows.rows
    return isRatio
      ? MissingBounds(
        rows: rows, low: min(value, pairs.map(\.low).min() ?? value), high: max(value, nearest))
      : MissingBounds(
        rows: rows, low: min(value, nearest), high: max(value, pairs.map(\.high).max() ?? value))
  }

  /// The bounds of the worse of several ranges that rest on different rows, as in equalized odds.
  ///
  /// Each is moved without moving the others, so that the worst of the ends is attained if they are.
  /// A range without bounds has no row without a group and stays.
  static func worst(_ ranges: [(value: Double, bounds: MissingBounds?)], isRatio: Bool)
    -> MissingBounds?
  {
    let bounds = ranges.map {
      $0.bounds ?? MissingBounds(rows: 0, low: $0.value, high: $0.value)
    }
    let rows = bounds.map(\.rows).reduce(0, +)
    let (lows, highs) = (bounds.map(\.low), bounds.map { $0.high ?? .infinity })
    guard rows > 0, let low = isRatio ? lows.min() : lows.max(),
      let high = isRatio ? highs.min() : highs.max()
    else { return nil }
    return MissingBounds(rows: rows, low: low, high: high.isFinite ? high : nil)
  }
}

extension MissingBoundsFinder {
  private struct Member {
    var value: Double
    var sums: SIMD8<Double>
    var reach: ClosedRange<Double>
  }

  private func member(_ slice: Int, _ missing: Missing) -> Member? {
    guard slice != missing.slice, !withheld.contains(slice),
      let value = estimates.estimates[slice].value,
      let reach = missing.rows.reach(tallies[slice].weighted)
    else { return nil }
    return Member(value: value, sums: tallies[slice].weighted, reach: reach)
  }

  /// The extremes of own − other, or of own ÷ other, which are taken of values that are not negative.
  private static func compare(
    _ own: ClosedRange<Double>, _ other: ClosedRange<Double>, isRatio: Bool
  ) -> (low: Double, high: Double) {
    guard isRatio else {
      return (own.lowerBound - other.upperBound, own.upperBound - other.lowerBound)
    }
    return (
      own.lowerBound / other.upperBound,
      other.lowerBound > 0 ? own.upperBound / other.lowerBound : .infinity
    )
  }

  /// The end of a range that is nearest to equality.
  ///
  /// The value of several slices together lies between the lowest and the highest of theirs. So the
  /// lowest of them never exceeds what they reach together with all rows that raise it; and the highest
  /// never falls below what they keep together with all rows that lower it. The lowest one, two, three …
  /// slices give the limit of the lowest value, the highest ones that of the highest.
  ///
  /// For ratios of counts these limits are met by filling the lowest slices up to a common level, and
  /// lowering the highest ones to another, if a row may be divided: the bound is short by less than
  /// the share of one row at either end. For metrics of scores, and where slices cannot be pooled and each stands for itself
  /// (means of two rates, Matthews correlation), it may be farther from what is attained.
  private func nearest(_ ascending: [Member], _ rows: any MissingBoundsRows, isRatio: Bool)
    -> Double
  {
    func reaches(_ members: [Member]) -> [ClosedRange<Double>] {
      guard rows.isBetweenParts else { return members.map(\.reach) }
      var sum = SIMD8<Double>()
      return members.compactMap {
        sum += $0.sums
        return rows.reach(sum)
      }
    }
    let lowest = reaches(ascending).map(\.upperBound).min() ?? 0
    let highest = reaches(ascending.reversed()).map(\.lowerBound).max() ?? 0
    return isRatio ? min(1, highest > 0 ? lowest / highest : 1) : max(0, highest - lowest)
  }
}

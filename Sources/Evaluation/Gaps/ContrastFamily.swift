// SPDX-License-Identifier: Apache-2.0

/// Contrasts of one metric between the slices of a grouping whose intervals hold at once.
struct ContrastFamily: Sendable, Hashable {
  enum Against: String, Sendable {
    /// Every slice with every other.
    case pairs
    /// Every slice with the reference slice.
    case reference
    /// Every slice with all rows of the context.
    case overall
  }

  var against: Against
  /// Whether values are divided rather than subtracted; contrasts are then of logarithms.
  var isRatio: Bool
  var grouping: Int
  /// The slices compared: those with enough rows behind them; without the anchor.
  var slices: [Int]
  /// The reference, or the context.
  var anchor: Int?

  /// How many contrasts it has.
  var size: Int {
    against == .pairs ? slices.count * (slices.count - 1) / 2 : slices.count
  }

  /// The families of a metric, over the slices that can be compared.
  static func families(_ estimates: MetricEstimates, _ slices: SliceTable) -> [ContrastFamily] {
    guard estimates.metric.comparison != .none else { return [] }
    let scales = estimates.metric.comparison == .differenceAndRatio ? [false, true] : [false]
    return slices.groupings.indices.flatMap { index -> [ContrastFamily] in
      let grouping = slices.groupings[index]
      let active = grouping.comparable.filter(estimates.isComparable)
      let apart = grouping.members.filter {
        // A slice that is its whole context cannot differ from it, nor one that has all rows that the
        // metric counts.
        estimates.isComparable($0) && slices.cells[$0].count < slices.cells[grouping.context].count
          && !estimates.sharesDenominator($0, grouping.context)
      }
      return scales.flatMap { isRatio -> [ContrastFamily] in
        var result: [ContrastFamily] = []
        if active.count > 1 {
          result.append(
            ContrastFamily(against: .pairs, isRatio: isRatio, grouping: index, slices: active))
        }
        if let reference = grouping.reference, active.contains(reference), active.count > 1 {
          result.append(
            ContrastFamily(
              against: .reference, isRatio: isRatio, grouping: index,
              slices: active.filter { $0 != reference }, anchor: reference))
        }
        // Ratios to overall of crossed groups would only repeat the differences.
        if estimates.isComparable(grouping.context), !apart.isEmpty,
          !(isRatio && grouping.attributes.count > 1)
        {
          result.append(
            ContrastFamily(
              against: .overall, isRatio: isRatio, grouping: index, slices: apart,
              anchor: grouping.context))
        }
        return result
      }
    }
  }
}

extension MetricEstimates {
  fileprivate func sharesDenominator(_ slice: Int, _ context: Int) -> Bool {
    guard let own = estimates[slice].denominator else { return false }
    return own == estimates[context].denominator
  }
}

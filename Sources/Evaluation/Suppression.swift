// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// Withholds small slices and what could be subtracted to get them.
  ///
  /// A slice is small when it has fewer than K rows, or a class of labels with at least one and fewer
  /// than K rows. Where exactly one slice of those that add up to a shown one is withheld, the next
  /// smallest goes with it, until nothing can be had by subtraction.
  mutating func suppress() {
    guard let limit = plan.configuration.suppressBelow else { return }
    let slices = plan.slices
    let sizes = sizes()
    withheld = Set(slices.slices.indices.filter { isSmall($0, sizes, Double(limit)) })
    // A context is shown whenever it is itself large enough.
    var changed = true
    while changed {
      changed = false
      for siblings in Self.sums(slices) where !withheld.contains(siblings.whole) {
        let hidden = siblings.parts.filter(withheld.contains)
        let shown = siblings.parts.filter { !withheld.contains($0) }
        guard hidden.count == 1, let next = shown.min(by: { (sizes[$0], $0) < (sizes[$1], $1) })
        else { continue }
        withheld.insert(next)
        changed = true
      }
    }
    for index in estimates.indices {
      for slice in withheld { estimates[index].estimates[slice] = Self.withheldEstimate }
    }
  }

  private static var withheldEstimate: Estimate {
    var result = Estimate()
    result.status = .suppressed
    result.reason = withheldReason
    return result
  }

  static let withheldReason =
    "withheld: too few people, or it would reveal a slice that has too few"

  /// Rows in every slice.
  func sizes() -> [Double] {
    var byCell = Array(repeating: 0.0, count: plan.slices.cellCount)
    for row in 0..<plan.rows.count {
      byCell[Int(plan.rows.cells[row])] += plan.rows.multiplicities[row]
    }
    return plan.slices.cells.map { $0.reduce(0) { $0 + byCell[Int($1)] } }
  }

  private func isSmall(_ slice: Int, _ sizes: [Double], _ limit: Double) -> Bool {
    let counts = DecisionCounts(tallies[0].decisions[slice].rows)
    let positives = counts.sum([.truePositive, .falseNegative, .positiveUndecided])
    let negatives = counts.sum([.falsePositive, .trueNegative, .negativeUndecided])
    return sizes[slice] < limit
      || [positives, negatives].contains { $0 > 0 && $0 < limit }
  }

  /// All statements "these slices add up to that one" that a reader of the scorecard can make.
  private static func sums(_ slices: SliceTable) -> [(whole: Int, parts: [Int])] {
    var result: [(whole: Int, parts: [Int])] = []
    // Names that differ in bytes alone are equal as text; the first stands for them.
    let index = Dictionary(
      slices.slices.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for grouping in slices.groupings {
      for attribute in grouping.attributes {
        let byWhole = Dictionary(grouping: grouping.members) {
          slices.slices[$0].without(attribute)
        }
        for (whole, parts) in byWhole {
          guard let place = index[whole] else { continue }
          result.append((place, parts.sorted()))
        }
      }
    }
    // A slice is also the sum of its strata.
    let strata = Set(slices.contexts).filter { !slices.slices[$0].assignments.isEmpty }
    let condition = strata.first.map { slices.slices[$0].attributes }?.first
    if let condition {
      let inStrata = slices.slices.indices.filter {
        slices.slices[$0].group(of: condition) != nil
      }
      let byWhole = Dictionary(grouping: inStrata) { slices.slices[$0].without(condition) }
      for (whole, parts) in byWhole {
        guard let place = index[whole] else { continue }
        result.append((place, parts.sorted()))
      }
    }
    return result.sorted { ($0.whole, $0.parts) < ($1.whole, $1.parts) }
  }
}

private func < (left: (Int, [Int]), right: (Int, [Int])) -> Bool {
  left.0 != right.0 ? left.0 < right.0 : left.1.lexicographicallyPrecedes(right.1)
}

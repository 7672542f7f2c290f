// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// What the reader must know before reading any number.
  func warnings() -> [Warning] {
    var result = dataWarnings()
    for (model, tally) in zip(plan.models, tallies) {
      if tally.clipped > 0 {
        result.append(
          Warning(
            "clipped_probabilities",
            "\(Int(tally.clipped)) probabilities of \(model.name) are 0 or 1; they are clipped to "
              + "2⁻⁵² and 1 − 2⁻⁵² for log loss and calibration fits"))
      }
      if model.kind != .decision && model.lowest == nil {
        result.append(Warning("no_scores", "no row has a score of \(model.name)"))
      }
      if let lowest = model.lowest, lowest == model.highest {
        result.append(Warning("constant_score", "every score of \(model.name) is \(lowest)"))
      }
    }
    return result + sliceWarnings()
  }

  private func dataWarnings() -> [Warning] {
    var result: [Warning] = []
    if plan.rows.total == 1 {
      result.append(Warning("one_row", "the table has one row: nothing can be compared"))
    }
    if plan.hasLabels {
      let counts = DecisionCounts(tallies[0].decisions[0].rows)
      let positives = counts.sum(BaseRate().counted)
      let labelled = counts.sum(BaseRate().among)
      if labelled == 0 {
        result.append(Warning("no_labels", "no row has a label"))
      } else if positives == 0 || positives == labelled {
        result.append(
          Warning(
            "one_class",
            "every label is \(positives == 0 ? "negative" : "positive"): what needs both classes is "
              + "undefined"))
      }
    }
    for left in plan.leftOut {
      result.append(Warning("rows_left_out", "\(left.rows) rows: \(left.reason)"))
    }
    for attribute in plan.attributes {
      if attribute.groups.allSatisfy({ $0 == nil }) {
        result.append(
          Warning("all_missing", "no row has a value in \(attribute.name): there are no groups"))
      } else if attribute.groups.count(where: { $0 != nil }) == 1 {
        result.append(Warning("one_group", "\(attribute.name) has one group: there are no gaps"))
      }
    }
    return result
  }

  private func sliceWarnings() -> [Warning] {
    var result: [Warning] = []
    let sizes = sizes()
    if plan.configuration.suppressBelow == nil {
      let small = sizes.count { $0 < 5 }
      if small > 0 {
        result.append(
          Warning(
            "small_cell",
            "\(small) \(small == 1 ? "slice has" : "slices have") fewer than 5 people, who may be "
              + "recognised; --suppress-below withholds them"))
      }
    } else if !withheld.isEmpty {
      result.append(
        Warning(
          "withheld",
          "\(withheld.count) slices are withheld: fewer than \(plan.configuration.suppressBelow ?? 0) "
            + "people or labels of one class, or they would reveal such a slice; the tally is withheld "
            + "with them"))
    }
    for grouping in plan.slices.groupings
    where grouping.emptyCombinations > 0 && grouping.attributes.count > 1 && grouping.context == 0 {
      result.append(
        Warning(
          "empty_slices",
          "\(grouping.emptyCombinations) combinations of \(grouping.attributes.joined(separator: " × ")) "
            + "have no row"))
    }
    return result
  }
}

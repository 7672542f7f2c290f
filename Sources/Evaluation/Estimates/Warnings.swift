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
            "\(count(tally.clipped, "probability", "probabilities")) of \(model.name) at 0 or 1, "
              + "clipped to 2⁻⁵² and 1 − 2⁻⁵² for log loss and calibration fits"))
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
      result.append(
        Warning("rows_left_out", "\(count(Double(left.rows), "row", "rows")): \(left.reason)"))
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

  private func count(_ number: Double, _ singular: String, _ plural: String) -> String {
    "\(Int(number)) \(number == 1 ? singular : plural)"
  }

  /// Groups whose labels are all alike, where the whole has both: what needs both is undefined there.
  private func oneClassWarnings() -> [Warning] {
    guard plan.hasLabels, hasBothClasses(0) else { return [] }
    let alone = plan.slices.groupings.filter { $0.attributes.count == 1 && $0.context == 0 }
      .flatMap(\.members)
      .filter { !withheld.contains($0) && !hasBothClasses($0) && labelled($0) > 0 }
    guard !alone.isEmpty else { return [] }
    let names = alone.prefix(5).map { slice in
      let attributes = plan.slices.slices[slice].attributes.joined(separator: ", ")
      return "\(plan.slices.slices[slice]) (\(attributes))"
    }
    let more = alone.count > 5 ? " and \(alone.count - 5) more" : ""
    return [
      Warning(
        "one_class_slice",
        "all labels are alike in \(names.joined(separator: ", "))\(more): what needs both classes is "
          + "undefined there")
    ]
  }

  private func labelled(_ slice: Int) -> Double {
    DecisionCounts(tallies[0].decisions[slice].rows).sum(BaseRate().among)
  }

  private func hasBothClasses(_ slice: Int) -> Bool {
    let positives = DecisionCounts(tallies[0].decisions[slice].rows).sum(BaseRate().counted)
    return positives > 0 && positives < labelled(slice)
  }

  private func sliceWarnings() -> [Warning] {
    var result = oneClassWarnings()
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
          "\(count(Double(grouping.emptyCombinations), "combination", "combinations")) of "
            + "\(grouping.attributes.joined(separator: " × ")) without a row"))
    }
    return result
  }
}

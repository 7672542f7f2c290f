// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// What a reader might take from the scorecard and must not.
struct LimitsSection {
  let reading: Reading

  var section: Section {
    Section("limits", "What this does not show", [.list(statements, ordered: false)])
  }

  private var statements: [RichText] {
    var result: [RichText] = [
      """
      \(strong: "Not measured:") latency, cost, energy, drift over time, data quality beyond missing \
      values, human oversight, and what people do with the decisions.
      """
    ]
    result.append(labels)
    result.append(
      """
      \(strong: "Intervals generalise") to further people drawn as these were, with the same way of \
      labelling. They do not cover another place, another period, wrong labels or wrong attributes.\
      \(population)
      """)
    result.append(
      """
      \(strong: "No gap detected is not no gap.") A gap smaller than the detectable one would mostly be \
      missed at these sizes; groups left out as too few are not judged at all.
      """)
    result.append(
      """
      \(strong: "A gap is no verdict and no cause.") It says that groups differ in a number, not why, \
      nor whether the difference is justified.
      """)
    let count = reading.comparisons.total
    let level = reading.level
    result.append(
      """
      \(strong: "Comparisons:") \(Format.count(count)) were made. Intervals hold at \(level) within a \
      family of comparisons (one metric over one attribute); over all families together some of them \
      will miss. Which differences stand among all of a model's is said beside the gaps.
      """)
    return result
  }

  private var population: String {
    let data = reading.scorecard.metadata
    return data.population == nil || data.period == nil
      ? " Population or period is not stated." : ""
  }

  private var labels: RichText {
    let source = reading.scorecard.metadata.labelsFrom.map {
      "Stated source: \(reading.labels.long($0))."
    }
    return """
      \(strong: "Labels are taken as true.") \(source ?? "Where they come from is not stated.") Where an \
      outcome is known only for people who were \(reading.wording.selected), rates that need labels \
      describe those people alone.
      """
  }
}

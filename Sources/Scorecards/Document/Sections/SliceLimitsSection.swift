// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// What a reader might take from a search and must not.
struct SliceLimitsSection {
  let reading: SliceReading

  var section: Section {
    Section("limits", "What this does not show", [.list(statements, ordered: false)])
  }

  private var statements: [RichText] {
    [
      exploration,
      """
      \(strong: "Not established is not absent.") Slices under \
      \(Format.plural(reading.settings.minimum, "row")), of more than \
      \(Format.plural(reading.settings.depth, "condition")), of columns that were not named and between \
      the edges at which numbers were cut were not examined; the smaller a slice, the larger its \
      difference has to be to be seen.
      """,
      """
      \(strong: "A slice is no cause and no verdict.") Its rows may differ in other columns, and some \
      slices are harder for any model.
      """,
      """
      \(strong: "Rows are taken as independent.") Several rows a person, or rows drawn in clusters, make \
      chance look smaller than it is.
      """,
      """
      \(strong: "The rest is not one group.") A slice is compared with all other rows, those of other bad \
      slices among them.
      """,
    ] + labels
  }

  private var exploration: RichText {
    let next =
      reading.findings.data.heldOut > 0
      ? "The estimates on held-out rows are free of that; other places and periods need their own data."
      : "Estimate the slices again on new data, or keep rows back with --holdout."
    return """
      \(strong: "A search is an exploration.") The slices were chosen because their errors are large here, \
      and their mean errors are too large on average for that reason. \(next)
      """
  }

  private var labels: [RichText] {
    guard reading.findings.target != "loss" else { return [] }
    return [
      """
      \(strong: "Labels are taken as true.") Where labels are wrong, so are errors; a slice may be one of \
      wrong labels.
      """
    ]
  }
}

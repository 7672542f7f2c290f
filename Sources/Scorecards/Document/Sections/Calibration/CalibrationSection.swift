// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// Whether scores are worth what they say, group by group: findings, diagrams, numbers, and where in
/// slices and score bins they are furthest off.
struct CalibrationSection {
  let reading: Reading

  var section: Section? {
    guard !reading.scorecard.calibration.slices.isEmpty else { return nil }
    let parts = [
      ReliabilityPanels(reading: reading).section ?? CurvesSection(reading: reading).reliability,
      part(
        "calibration-numbers", "Calibration in numbers", [.note(afterword)],
        after: reading.perModel("calibration-numbers", numbers)),
      part(
        "calibration-regions", "Calibration by slice and score", [.note(regions)],
        before: reading.perModel("calibration-regions") {
          RegionTable(reading: reading, model: $0).blocks
        }),
    ]
    return Section(
      "calibration", "Calibration by group", inSummary: true,
      [.note(explanation)] + reading.perModel("calibration", findings)
        + parts.compactMap { $0 }.map(Block.section))
  }

  private func findings(_ model: String) -> [Block] {
    let sentences = CalibrationSentence(reading: reading).all(model)
    return sentences.isEmpty ? [] : [.list(sentences, ordered: false)]
  }

  private func numbers(_ model: String) -> [Block] {
    let judgement = CalibrationJudgement(reading, model: model)
    return CalibrationTable(reading: reading, model: model, judgement: judgement).blocks
      + CalibrationErrorsTable(reading: reading, model: model).blocks
  }

  private func part(
    _ id: String, _ title: String, _ note: [Block], before content: [Block]
  ) -> Section? {
    content.isEmpty ? nil : Section(id, title, note + content)
  }

  private func part(
    _ id: String, _ title: String, _ note: [Block], after content: [Block]
  ) -> Section? {
    content.isEmpty ? nil : Section(id, title, content + note)
  }

  private var explanation: RichText {
    """
    Whether of people with a score of 0.3, 30 in 100 have the outcome. Miscalibration is said to be \
    established only where the smooth calibration error exceeds what chance would show if every score \
    were right, at \(reading.level) over all single groups of a model together.
    """
  }

  private var afterword: RichText {
    """
    Errors without a part for chance are above 0 even where every score is right, and grow as groups \
    shrink, about as 1/√n: the smallest group often has the largest one, which says nothing of its \
    scores; compare each error with its own chance level only.
    """
  }

  private var regions: RichText {
    """
    Scores can be right for a group on the whole and off for some of its scores. Every slice, \
    intersections included, is cut by score; z is the observed rate minus the mean score in standard \
    errors where every score is right, and all regions of a model are judged together.
    """
  }
}

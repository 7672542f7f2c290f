// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandEvaluation
import EvenhandMetrics

/// The names of calibration errors, and what the numbers of the section mean.
enum CalibrationTerms {
  private static let errors = ReportedErrors.all(edges: BinEdges())

  /// Ids without repetition, known ones first.
  static func order(_ ids: [String]) -> [String] {
    let present = Set(ids)
    let known = errors.map(\.id)
    return known.filter(present.contains) + present.subtracting(known).sorted()
  }

  static func column(_ id: String) -> String {
    let title =
      errors.first { $0.id == id }?.title ?? Format.sentence(Format.words(Visible.spelledOut(id)))
    return scale(id) == 1 ? title : title + " × 1,000"
  }

  /// What is squared is small: it is shown in thousandths.
  static func scale(_ id: String) -> Double {
    id == KernelCalibrationError().id ? CalibrationTable.thousandths : 1
  }

  /// The meanings of the numbers that a scorecard has.
  static func facts(_ reading: Reading) -> [Fact] {
    let records = reading.scorecard.calibration.slices
    guard !records.isEmpty else { return [] }
    let present = Set(records.flatMap { $0.errors.map(\.id) })
    let shown: [any CalibrationStatistic] =
      errors.filter { present.contains($0.id) } + [DebiasedCalibrationError()]
    let own = shown.filter { !reading.measures($0.id) }.map { error in
      Fact(
        RichText(error.title),
        "\(code: error.id): \(Format.sentence(error.meaning)). \(error.definition)")
    }
    return own + common
  }

  private static let common = [
    Fact(
      "Calibration by chance",
      """
      Labels are drawn many times as if every score were right, and each error is computed anew: its \
      mean, the value it exceeds in 5 of 100 samples, and how often it is as large as the observed one \
      (Bröcker & Smith 2007, doi:10.1175/WAF993.1).
      """),
    Fact(
      "Reliability diagram",
      """
      Recalibrated rate at every score: the isotonic regression of labels on scores, without bins. \
      The band is where it would lie, score by score, if scores were right (Dimitriadis, Gneiting & \
      Jordan 2021, doi:10.1073/pnas.2016191118).
      """),
    Fact(
      "Brier score in parts",
      """
      Miscalibration: what recalibrating the scores would gain. Discrimination: what recalibrated \
      scores gain over one rate for all. Uncertainty: the score of that one rate.
      """),
    Fact(
      "Spiegelhalter’s z",
      """
      The Brier score minus what the scores predict of it, in standard errors; above 0 where scores are \
      too far from ½ (Spiegelhalter 1986, doi:10.1002/sim.4780050506).
      """),
    Fact(
      "Slice × score-bin regions",
      """
      Mean residual over its standard error where every score is right, in every slice and score bin; \
      the critical value and adjusted p-values are those of the largest |z| among all of them.
      """),
  ]
}

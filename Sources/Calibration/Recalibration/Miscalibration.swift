// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// The miscalibration part of the Brier score, to be compared with what correct scores would show.
public struct Miscalibration: CalibrationStatistic {
  public let id = "miscalibration"
  public let title = "Miscalibration part of the Brier score"
  public let definition = """
    mean (s − y)² − mean (c − y)², c the isotonic regression of labels on scores. Without bins; at \
    least 0, and above 0 for correct scores too. Undefined without labelled rows. Source: \
    Dimitriadis, Gneiting & Jordan 2021, doi:10.1073/pnas.2016191118.
    """
  public let meaning = "what the Brier score would gain if scores were recalibrated"

  public init() {}

  public func prepare(_ sample: CalibrationSample) throws(Undefined) -> PreparedMiscalibration {
    try PreparedMiscalibration(sample)
  }
}

/// `Miscalibration` of a sample's scores. A value costs a pass over the entries.
public struct PreparedMiscalibration: PreparedCalibrationStatistic {
  private let distinct: DistinctScores
  private let total: Double
  /// Σ w s².
  private let squares: Double

  init(_ sample: CalibrationSample) throws(Undefined) {
    distinct = DistinctScores(sample)
    total = distinct.masses.reduce(0, +)
    guard total > 0 else { throw Undefined.noLabelledRows }
    squares = zip(distinct.scores, distinct.masses).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
  }

  public func values(_ labels: LabelVectors) -> [Double] {
    (0..<labels.count).map { vector in
      // Σ (s − y)² − (c − y)² = Σ s² − 2 Σ s y + Σ c², as Σ c y = Σ c² on every block.
      var gain = squares
      for index in labels.places(vector) {
        let place = distinct.place(ofEntry: labels.entries[index])
        gain -= 2 * distinct.scores[place] * labels.masses[index]
      }
      for block in distinct.fit(labels, vector).blocks where block.weight > 0 {
        gain += block.sum * block.mean
      }
      return max(0, gain / total)
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandEvaluation
import EvenhandInference

/// For which groups one model's scores are shown to be off: smooth calibration errors beyond chance,
/// adjusted by Holm over the single groups of all attributes.
///
/// Raw errors decide nothing: they are above 0 by chance, and the more the fewer rows a group has.
package struct CalibrationJudgement: Sendable {
  /// A group whose error was compared with chance.
  package struct Member: Sendable {
    package var record: SliceCalibration
    package var error: Double
    package var chance: NullReference
    /// Over all members.
    package var adjustedPValue: Double
  }

  /// The statistic that decides.
  package static let deciding = SmoothCalibrationError()

  /// In the scorecard's order.
  package let members: [Member]
  /// Single groups that take no part.
  package let unjudged: [SliceCalibration]
  private let confidence: Double

  package init(_ reading: Reading, model: String) {
    var judged: [(record: SliceCalibration, error: Double, chance: NullReference)] = []
    var unjudged: [SliceCalibration] = []
    for record in reading.calibration(model) where reading.isSingleGroup(record.slice) {
      let smooth = record.errors.first { $0.id == Self.deciding.id }
      if record.status == .ok, let error = smooth?.value, let chance = smooth?.nullReference {
        judged.append((record, error, chance))
      } else {
        unjudged.append(record)
      }
    }
    let adjusted = Holm().adjusted(judged.map(\.chance.pValue))
    members = zip(judged, adjusted).map {
      Member(record: $0.record, error: $0.error, chance: $0.chance, adjustedPValue: $1)
    }
    self.unjudged = unjudged
    confidence = reading.number("confidence", or: 0.95)
  }

  /// Best established first.
  package var established: [Member] {
    members.filter(isEstablished).enumerated()
      .sorted { ($0.element.adjustedPValue, $0.offset) < ($1.element.adjustedPValue, $1.offset) }
      .map(\.element)
  }

  package var others: [Member] { members.filter { !isEstablished($0) } }

  package func adjustedPValue(_ slice: Slice) -> Double? {
    members.first { $0.record.slice == slice }?.adjustedPValue
  }

  private func isEstablished(_ member: Member) -> Bool {
    Self.isEstablished(member.adjustedPValue, confidence: confidence)
  }

  /// Whether p ≤ 1 − confidence, up to what that difference is rounded by.
  static func isEstablished(_ pValue: Double, confidence: Double) -> Bool {
    pValue + confidence <= 1 + 1e-12
  }
}

extension Reading {
  /// One model's calibration, slice by slice.
  func calibration(_ model: String) -> [SliceCalibration] {
    scorecard.calibration.slices.filter { $0.model == model }
  }

  /// Whether a slice is a group of one attribute; strata are none.
  func isSingleGroup(_ slice: Slice) -> Bool {
    slice.assignments.count == 1
      && scorecard.attributes.contains { $0.name == slice.assignments[0].attribute }
  }
}

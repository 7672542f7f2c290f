// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import Testing

/// Views of the same rows can share logits that have been worked out: nothing else may change.
@Suite("Shared logits")
struct SharedLogitsTests {
  private static let scores = (0..<60).map { Double(($0 * 37) % 61) / 61 }
  private static let labels: [Bool?] = (0..<60).map { $0 % 7 == 3 ? nil : ($0 * 11) % 5 < 2 }

  @Test("a part's are those of its scores, wherever they come from")
  func parts() throws {
    var whole = RankedScores(scores: Self.scores, labels: Self.labels)
    let part = RankedScores(
      scores: Array(Self.scores.prefix(30)), labels: Array(Self.labels.prefix(30)))
    whole.addLogits()
    var (shared, own) = (part, part)
    shared.addLogits(from: whole, at: part.places(in: whole))
    own.addLogits()
    #expect(shared.logits == own.logits)
    #expect(own.logits == part.scores.map(Probability.logit))
    for metric in [CalibrationIntercept(), CalibrationSlope()] as [any RankedMetric] {
      let (with, without) = (try metric.estimate(shared), try metric.estimate(part))
      #expect(with.value == without.value && with.variance == without.variance)
      #expect(with.influence == without.influence)
    }
  }

  @Test("another score makes them void")
  func anotherScore() {
    var view = RankedScores(scores: [0.2, 0.4], labels: [false, true])
    view.addLogits()
    view.append(score: 0.4, label: false)
    #expect(view.logits?.count == 2)
    view.append(score: 0.9, label: true)
    #expect(view.logits == nil)
  }
}

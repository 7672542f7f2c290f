// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards

/// Verdicts as Markdown for the summary of a step of GitHub Actions, which refuses more than 1 MiB.
public struct StepSummary: Sendable {
  /// Bytes that one step's summary may have.
  public static let limit = 1 << 20
  private let scorecard: Scorecard

  /// The summary of a scorecard's gates.
  public init(_ scorecard: Scorecard) { self.scorecard = scorecard }

  /// Markdown of at most so many bytes: with comparisons if they fit, else the gates, else their counts.
  ///
  /// - Parameter room: what is left of the limit.
  public func markdown(room: Int = limit) -> String {
    var lean = scorecard
    for index in lean.gates.indices { lean.gates[index].comparisons = [] }
    for candidate in [scorecard, lean] {
      let text = MarkdownRenderer.render(Document(gatesOf: candidate))
      if text.utf8.count <= room { return text }
    }
    let text = "\(GateWords.summary(scorecard.gates)): see scorecard.json\n"
    return text.utf8.count <= room ? text : ""
  }
}

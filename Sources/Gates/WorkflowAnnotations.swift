// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards

/// Verdicts as workflow commands of GitHub Actions: at most one error and one warning, since a step shows
/// only ten of each.
public struct WorkflowAnnotations: Sendable {
  private static let longest = 3000
  private let scorecard: Scorecard

  /// The annotations of a scorecard's gates.
  public init(_ scorecard: Scorecard) { self.scorecard = scorecard }

  /// No line, or one a severity: an error names the gates that block, a warning all others that did not
  /// pass.
  public var lines: [String] {
    let words = GateWords(Reading(scorecard))
    let open = scorecard.gates.filter { $0.verdict != .pass }
    return [
      line("error", open.filter { $0.exitEffect > 0 }, words),
      line("warning", open.filter { $0.exitEffect == 0 }, words),
    ].compactMap { $0 }
  }

  private func line(_ severity: String, _ gates: [GateVerdict], _ words: GateWords) -> String? {
    guard !gates.isEmpty else { return nil }
    var message = ""
    for (place, gate) in gates.enumerated() {
      let next = "\(words.name(gate)): \(words.sentence(gate))"
      guard message.utf8.count + next.utf8.count < Self.longest else {
        message += "\n\(gates.count - place) more"
        break
      }
      message += (message.isEmpty ? "" : "\n") + next
    }
    let title = "Evenhand: \(GateWords.summary(gates))"
    return "::\(severity) title=\(Self.property(title))::\(Self.data(message))"
  }

  /// `%`, CR and LF as GitHub decodes them.
  static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// In a property also `:` and `,`.
  static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

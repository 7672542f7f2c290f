// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandScorecards

/// Verdicts as a JUnit XML report: a test case a gate.
///
/// A failed gate is a `failure`, one that was not measured an `error`; one that only warns, or is waived,
/// is `skipped` with its verdict as the message, since a report has no warnings.
///
/// Source: the format as collected at github.com/testmoapp/junitxml.
public struct JUnitReport: Sendable {
  /// What an inconclusive gate counts as.
  public enum Inconclusive: String, Sendable, CaseIterable {
    case failure, skipped, pass
  }

  private let scorecard: Scorecard
  private let inconclusive: Inconclusive

  /// The report of a scorecard's gates.
  public init(_ scorecard: Scorecard, inconclusive: Inconclusive = .failure) {
    self.scorecard = scorecard
    self.inconclusive = inconclusive
  }

  /// The XML document, in UTF-8, without characters that XML does not allow.
  public var xml: String {
    let words = GateWords(Reading(scorecard))
    let outcomes = scorecard.gates.map(outcome)
    func count(_ outcome: String) -> Int { outcomes.count { $0 == outcome } }
    let counts = """
      tests="\(outcomes.count)" failures="\(count("failure"))" errors="\(count("error"))" \
      skipped="\(count("skipped"))" time="0"
      """
    let file = scorecard.provenance.inputs.first { $0.role == "policy" }?.name ?? "policy"
    let time =
      scorecard.provenance.createdAt.hasSuffix("Z")
      ? scorecard.provenance.createdAt.dropLast() : scorecard.provenance.createdAt[...]
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="evenhand" \#(counts)>"#,
      """
        <testsuite name="\(Self.escaped(file))" \(counts) timestamp="\(Self.escaped(String(time)))">
      """,
    ]
    for (gate, outcome) in zip(scorecard.gates, outcomes) {
      let head = """
            <testcase name="\(Self.escaped(gate.name))" classname="evenhand.gates" time="0">
        """
      let message = Self.escaped(words.sentence(gate))
      lines.append(head)
      if outcome != "pass" {
        lines.append(
          outcome == "skipped"
            ? #"      <skipped message="\#(message)"/>"#
            : #"      <\#(outcome) message="\#(message)" type="\#(gate.verdict.rawValue)">"#
              + Self.escaped(Self.detail(gate, words)) + "</\(outcome)>")
      }
      lines.append("      <system-out>\(Self.escaped(Self.detail(gate, words)))</system-out>")
      lines.append("    </testcase>")
    }
    lines += ["  </testsuite>", "</testsuites>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func outcome(_ gate: GateVerdict) -> String {
    let isWaived = gate.waiver?.isInForce ?? false
    let isQuiet = gate.severity == .warn
    switch gate.verdict {
    case .pass: return "pass"
    case .fail: return isQuiet || isWaived ? "skipped" : "failure"
    case .notMeasured: return isQuiet ? "skipped" : "error"
    case .inconclusive:
      guard inconclusive == .failure else { return inconclusive.rawValue }
      return isQuiet || isWaived || gate.onInconclusive != .fail ? "skipped" : "failure"
    }
  }

  private static let mostComparisons = 50

  private static func detail(_ gate: GateVerdict, _ words: GateWords) -> String {
    let lines = gate.comparisons.prefix(mostComparisons).map { one in
      let value = one.value.map { " \($0)" } ?? ""
      return "\(words.comparison(one, in: gate)):\(value) \(GateWords.verdict(one.verdict))"
        + (one.reason.map { " (\($0))" } ?? "")
    }
    let more = gate.comparisons.count - mostComparisons
    return
      ([words.subject(gate) + "; limit " + words.limit(gate)] + lines
      + (more > 0 ? ["\(more) more in scorecard.json"] : [])).joined(separator: "\n")
  }

  /// Text for content and attributes; what XML 1.0 does not allow is left out.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      default:
        switch scalar.value {
        case 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF:
          result.unicodeScalars.append(scalar)
        default: continue
        }
      }
    }
    return result
  }
}

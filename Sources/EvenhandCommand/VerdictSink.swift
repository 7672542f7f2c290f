// SPDX-License-Identifier: Apache-2.0
import Evenhand
import Foundation

/// Tells pipelines of the verdicts: JUnit XML, a step summary, annotations and the exit code.
struct VerdictSink {
  private let junit: String?
  private let inconclusive: JUnitReport.Inconclusive
  private let stepSummary: String?
  private let isAnnotated: Bool
  private let isQuiet: Bool
  private let isJudged: Bool

  /// - Parameter isJudged: whether there is a policy; without one nothing can be told.
  init(_ settings: Settings, isJudged: Bool) throws {
    junit = try settings.text("junit")
    let chosen: JUnitReport.Inconclusive? = try settings.choice("junit_inconclusive")
    inconclusive = chosen ?? .failure
    stepSummary = try settings.text("step_summary")
    isAnnotated = try settings.flag("annotations")
    isQuiet = try settings.flag("quiet")
    self.isJudged = isJudged
    let asked: [(String, Bool)] = [
      ("junit", junit != nil), ("junit_inconclusive", chosen != nil),
      ("step_summary", stepSummary != nil), ("annotations", isAnnotated),
    ]
    if !isJudged, let first = asked.first(where: \.1) {
      throw settings.failure(first.0, "there are no verdicts without a policy: add --gates FILE")
    }
    guard chosen == nil || junit != nil else {
      throw settings.failure("junit_inconclusive", "there is no report: add --junit FILE")
    }
  }

  /// Writes what was asked for, then ends the command with 1 or 2 where a gate asks for it.
  func finish(_ scorecard: Scorecard) throws {
    guard isJudged else { return }
    if let junit {
      let report = JUnitReport(scorecard, inconclusive: inconclusive)
      try OutputFile.write(Data(report.xml.utf8), to: junit)
    }
    if let stepSummary { try append(scorecard, to: stepSummary) }
    if isAnnotated {
      tell(WorkflowAnnotations(scorecard).lines)
    }
    let code = Judge.exitCode(scorecard.gates)
    guard code != 0 else { return }
    if !isQuiet { tell(["evenhand: \(GateWords.summary(scorecard.gates)); exit code \(code)"]) }
    throw GateExit(code: Int32(code))
  }

  /// Other commands of the step may have written to the file before.
  private func append(_ scorecard: Scorecard, to path: String) throws {
    let there = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    let room = StepSummary.limit - (there ?? 0) - 1
    let text = StepSummary(scorecard).markdown(room: max(0, room))
    try OutputFile.append(Data(text.utf8), to: path)
  }

  private func tell(_ lines: [String]) {
    // A diagnostic that nobody can read is no reason to fail.
    let text = lines.map { $0 + "\n" }.joined()
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}

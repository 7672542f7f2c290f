// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Where pipelines look for verdicts, besides the exit code.
struct VerdictOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write JUnit XML: a test case a gate.", valueName: "file"))
  var junit: String?
  @Option(
    help: ArgumentHelp(
      "What an inconclusive gate is in JUnit XML: failure, skipped or pass. (default: failure)",
      valueName: "outcome"))
  var junitInconclusive: String?
  @Option(
    help: ArgumentHelp(
      "Append the verdicts as Markdown: $GITHUB_STEP_SUMMARY.", valueName: "file"))
  var stepSummary: String?
  @Flag(help: "Print at most one ::error and one ::warning for GitHub on standard error.")
  var annotations = false

  func apply(to settings: inout Settings) {
    settings.set("junit", junit)
    settings.set("junit_inconclusive", junitInconclusive)
    settings.set("step_summary", stepSummary)
    settings.set("annotations", annotations)
  }
}

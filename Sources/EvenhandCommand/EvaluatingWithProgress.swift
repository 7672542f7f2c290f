// SPDX-License-Identifier: Apache-2.0
import Evenhand

extension Scorecard {
  /// Evaluates a table with a line of progress on a terminal.
  init(
    _ table: consuming Table, _ configuration: Configuration, metadata: Metadata = Metadata(),
    inputs: [Provenance.Input], reading: [String: ConfigurationValue], isQuiet: Bool
  ) throws {
    let progress = ProgressLine(quiet: isQuiet)
    defer { progress?.finish() }
    var report: (@Sendable (EvaluationProgress) -> Void)?
    if let progress { report = { progress.report($0) } }
    try self.init(
      evaluating: consume table, configuration, metadata: metadata, inputs: inputs,
      reading: reading,
      report: report)
  }
}

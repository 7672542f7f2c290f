// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// The policy of an evaluation and where its verdicts go.
struct GateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A policy: gates that the scorecard is judged by. 'evenhand gate --init generic' prints one.",
      valueName: "file"))
  var gates: String?
  @OptionGroup var verdicts: VerdictOptions

  func apply(to settings: inout Settings) {
    settings.set("gates", gates)
    verdicts.apply(to: &settings)
  }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// What helps to choose between models, and between thresholds of one.
struct ChoiceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The model that all others are compared with: intervals of every change.", valueName: "model")
  )
  var baseline: String?
  @Option(
    help: ArgumentHelp(
      "Weigh models by two criteria, each given once: METRIC, METRIC:COLUMN=GROUP or, for the size "
        + "of a difference, METRIC:COLUMN=GROUP-GROUP.", valueName: "criterion"))
  var pareto: [String] = []
  @Option(
    help: ArgumentHelp(
      "What outcomes cost: fp=5,fn=1[,tp=0,tn=0]; measures the expected cost.",
      valueName: "outcome=cost"))
  var costs: String?
  @Option(
    help: ArgumentHelp(
      "The risk from which on acting is worth its harm: measures the net benefit.",
      valueName: "probability"))
  var netBenefit: String?
  @Flag(help: "Show metrics and gaps at other thresholds too, with bands.")
  var sweep = false
  @Option(
    help: ArgumentHelp(
      "Look for thresholds: METRIC>=V, METRIC:COLUMN>=RATIO, METRIC:COLUMN<=DIFFERENCE, "
        + "METRIC:COLUMN=equal, least_cost. May be repeated.", valueName: "aim"))
  var propose: [String] = []

  func apply(to settings: inout Settings) {
    settings.set("baseline", baseline)
    settings.set("pareto", pareto)
    settings.set("costs", costs)
    settings.set("net_benefit", netBenefit)
    settings.set("sweep", sweep)
    settings.set("propose", propose)
  }
}

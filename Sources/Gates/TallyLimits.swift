// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandMetrics
import EvenhandScorecards

/// Limits reckoned from a scorecard's tally with its own seed and replicates.
struct TallyLimits: Sendable {
  private var byModel: [String: CountedBounds] = [:]

  /// Draws replicates for what the subjects ask of the tally, all of a model's at once.
  init(_ scorecard: Scorecard, _ subjects: [Subject]) {
    var asked: [String: Set<CountedQuestion>] = [:]
    for subject in subjects {
      guard case .counted(let model, let question, _) = subject.evidence else { continue }
      asked[model, default: []].insert(question)
    }
    guard !asked.isEmpty, let tally = scorecard.tally else { return }
    let configuration = Configuration(scorecard)
    let columns = (configuration.attributes + [configuration.condition].compactMap { $0 }).map {
      name in
      CountedTable.Column(
        name: name,
        groups: scorecard.slices.filter { $0.slice.attributes == [name] }
          .compactMap { $0.slice.group(of: name) ?? nil })
    }
    for (model, questions) in asked {
      guard let place = tally.models.firstIndex(of: model) else { continue }
      byModel[model] = try? CountedBounds(
        tally, model: place, columns: columns, configuration, questions)
    }
  }

  func interval(_ model: String, _ question: CountedQuestion, _ confidence: Double)
    -> ReportedInterval?
  {
    byModel[model]?.interval(question, confidence: confidence)
  }
}

extension Configuration {
  /// What a scorecard says of how counts were resampled.
  init(_ scorecard: Scorecard) {
    let settings = scorecard.configuration
    self.init(
      label: settings.text("label"), models: [],
      by: scorecard.attributes.map(\.name))
    condition = settings.text("condition")
    if let number = settings.number("replicates"), (1...1e7).contains(number) {
      replicates = Int(number)
    }
    if let number = settings.number("seed"), (0...0x1p53).contains(number) {
      seed = UInt64(number)
    }
    if let number = settings.number("minimum"), (0...1e9).contains(number) {
      minimum = Int(number)
    }
    costs = try? CostMatrix(parsing: settings.texts("costs"))
    if let number = settings.number("net_benefit"), number > 0, number < 1 { netBenefit = number }
    resampling = settings.text("resampling").flatMap(Resampling.init) ?? .auto
    for item in settings.texts("interval") {
      let parts = item.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == "bootstrap",
        let choice = IntervalChoice.Bootstrap(rawValue: String(parts[1]))
      {
        intervals.bootstrap = choice
      }
    }
  }
}

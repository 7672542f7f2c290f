// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation
import EvenhandLinearAlgebra
import EvenhandMetrics
import Foundation

/// Two scorecards made apart, one's models against the other's.
///
/// Of how the models agree row by row nothing is known: variances are added, which is right for different
/// people and too cautious for the same ones.
public struct UnpairedScorecards: Sendable {
  public var first: Scorecard
  public var second: Scorecard

  /// - Parameters:
  ///   - first: the scorecard of the baseline.
  ///   - second: the scorecard of the candidates.
  public init(first: Scorecard, second: Scorecard) {
    self.first = first
    self.second = second
  }

  /// Both scorecards' models in one, with the changes from the baseline to each of the second's models.
  ///
  /// - Parameters:
  ///   - baseline: the name of a model of the first scorecard; `nil`: its only or first one.
  ///   - inputs: the two files.
  /// - Throws: `ConfigurationError` where there is no such model or the scorecards have no attribute in
  ///   common.
  public func scorecard(baseline: String?, inputs: [Provenance.Input]) throws -> Scorecard {
    let names = first.models.map(\.name)
    guard let name = baseline ?? names.first, names.contains(name) else {
      throw ConfigurationError(
        "the first scorecard has no model '\(baseline ?? "")'; its models are "
          + names.joined(separator: ", "))
    }
    let shared = first.attributes.map(\.name).filter(second.attributes.map(\.name).contains)
    guard !shared.isEmpty else {
      throw ConfigurationError("the two scorecards have no attribute in common")
    }
    var result = first
    result.models = first.models.filter { $0.name == name }
    result.measurements = first.measurements.filter { $0.model == name || $0.model == nil }
    result.gaps = first.gaps.filter { $0.model == name || $0.model == nil }
    result.tests = first.tests.filter { $0.model == name || $0.model == nil }
    result.curves = first.curves.filter { $0.model == name }
    result.sweeps = first.sweeps.filter { $0.model == name }
    result.tally = nil
    result.calibration = CalibrationRecord()
    result.smallGroups = SmallGroupsRecord()
    result.flips = []
    result.standings = []
    result.pareto = nil
    result.comparisons = []
    for model in second.models {
      let unique = Self.unique(model.name, among: result.models.map(\.name))
      append(model.name, as: unique, to: &result)
      result.comparisons += UnpairedChanges(
        measurements: result.measurements, gaps: result.gaps, baseline: name, candidate: unique,
        confidence: confidence
      ).comparisons()
    }
    result.comparisons.removeAll { stated.contains($0.metric) }
    result.configuration["baseline"] = .text(name)
    result.provenance.inputs = inputs + first.provenance.inputs + second.provenance.inputs
    result.provenance.createdAt = Provenance.timestamp()
    result.warnings = notes + first.warnings
    return result
  }

  /// Metrics whose stated parameters differ: their values are not of one kind.
  private var stated: [String] {
    [("costs", ExpectedCost().id), ("net_benefit", NetBenefit().id)].filter { key, _ in
      first.configuration[key] != second.configuration[key]
    }.map { $0.1 }
  }

  private var confidence: Double {
    if case .number(let level)? = first.configuration["confidence"] { return level }
    return 0.95
  }

  /// What a reader must know of a comparison without rows.
  private var notes: [Warning] {
    var notes = [
      Warning(
        "unpaired_comparison",
        "Compared from two scorecards without their rows: intervals add both variances, as if the models "
          + "had judged different people. Numbers of rows are those of the first scorecard.")
    ]
    notes += stated.map { metric in
      Warning(
        "stated_differently",
        "\(metric) is not compared: the two scorecards state its costs or preference differently.")
    }
    let digests = Set(first.provenance.inputs.map(\.sha256))
    if !digests.isDisjoint(with: second.provenance.inputs.map(\.sha256)) {
      notes.append(
        Warning(
          "same_rows",
          "Both scorecards come from the same file: 'evenhand compare' on the table itself pairs the "
            + "rows and has narrower intervals."))
    }
    return notes
  }

  private func append(_ model: String, as name: String, to result: inout Scorecard) {
    func own<Item>(
      _ items: [Item], _ owner: (Item) -> String?, _ rename: (inout Item) -> Void
    ) -> [Item] {
      items.filter { owner($0) == model }.map {
        var copy = $0
        rename(&copy)
        return copy
      }
    }
    result.models += own(second.models, \.name) { $0.name = name }.prefix(1)
    result.measurements += own(second.measurements, \.model) { $0.model = name }
    result.gaps += own(second.gaps, \.model) { $0.model = name }
    result.tests += own(second.tests, \.model) { $0.model = name }
    result.curves += own(second.curves, \.model) { $0.model = name }
    result.sweeps += own(second.sweeps, \.model) { $0.model = name }
  }

  private static func unique(_ name: String, among names: [String]) -> String {
    guard names.contains(name) else { return name }
    var number = 2
    while names.contains("\(name) (\(number))") { number += 1 }
    return "\(name) (\(number))"
  }
}

// SPDX-License-Identifier: Apache-2.0
public import EvenhandEvaluation
import EvenhandLinearAlgebra
public import EvenhandTabular
import Foundation

extension Scorecard {
  /// Evaluates a table and keeps, beside the numbers, what they were made from.
  ///
  /// - Parameters:
  ///   - table: the predictions, with every column that the configuration names.
  ///   - configuration: which column plays which role, and the statistical choices.
  ///   - metadata: what is stated about the model; printed first.
  ///   - inputs: the files behind the table, by role; none for a table made of arrays.
  ///   - reading: how the table was read and joined, by the keys of `evenhand.yaml`; kept beside the
  ///     configuration.
  ///   - report: told on any thread how far long parts of the evaluation have come.
  /// - Throws: `ConfigurationError`, `DataError`.
  public init(
    evaluating table: consuming Table, _ configuration: Configuration,
    metadata: Metadata = Metadata(),
    inputs: [Provenance.Input] = [], reading: [String: ConfigurationValue] = [:],
    report: (@Sendable (EvaluationProgress) -> Void)? = nil
  ) throws {
    var evaluator = Evaluator(configuration)
    evaluator.report = report
    let result = try evaluator.evaluate(consume table)
    let provenance = Provenance(
      evenhandVersion: EvenhandVersion.current, createdAt: Provenance.timestamp(), inputs: inputs,
      seed: Int(clamping: configuration.seed), replicates: configuration.replicates,
      plan: result.plan, linearAlgebra: LinearAlgebraRuntime.configuration,
      linearAlgebraCore: LinearAlgebraRuntime.core,
      threads: configuration.threads ?? ProcessInfo.processInfo.activeProcessorCount,
      swiftVersion: Provenance.compiler)
    self.init(
      result, configuration: configuration.record.merging(reading) { own, _ in own },
      metadata: metadata, provenance: provenance)
  }
}

extension Provenance {
  /// Now, or the moment that SOURCE_DATE_EPOCH names, for scorecards that can be made again.
  package static func timestamp() -> String {
    let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Double.init)
    let date = epoch.map { Date(timeIntervalSince1970: $0) } ?? Date()
    return date.formatted(.iso8601)
  }

  static var compiler: String {
    #if compiler(>=6.4)
    "6.4 or later"
    #else
    "6.3"
    #endif
  }
}

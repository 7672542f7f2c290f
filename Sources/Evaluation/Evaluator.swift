// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra
import EvenhandParallel
public import EvenhandTabular

/// Evaluates the models of a table on every slice.
///
/// Nothing depends on the order of rows or on the number of threads.
public struct Evaluator: Sendable {
  public var configuration: Configuration
  /// Told on any thread how far long parts of the evaluation have come; never about short ones.
  public var report: (@Sendable (EvaluationProgress) -> Void)?

  public init(_ configuration: Configuration) {
    self.configuration = configuration
  }

  /// Measures every metric on every slice, with intervals and gaps.
  ///
  /// - Throws: `ConfigurationError` for a contradiction in the configuration, `DataError` for a table
  ///   that cannot be what the configuration says.
  public func evaluate(_ table: consuming Table) throws -> EvaluationResult {
    try configuration.validate()
    LinearAlgebraRuntime.useOneThread()
    // What the table holds is not needed beside what the plan makes of it.
    let plan = try Plan(consume table, configuration)
    let criteria = try Estimation.criteria(plan)
    let parallel = parallel
    var estimation = Estimation(plan, configuration.catalogue, parallel)
    estimation.suppress()
    estimation.resample()
    var result = EvaluationResult(
      data: DataRecord(
        rows: plan.rows.total, used: plan.used, leftOut: plan.leftOut,
        distinctRows: plan.rows.count, columns: estimation.columnNotes()))
    result.gaps = estimation.gaps()
    result.tests = estimation.groupTests()
    result.measurements = estimation.measurements()
    result.curves = estimation.curves()
    result.calibration = estimation.calibration()
    result.smallGroups = estimation.smallGroups()
    estimation.compareModels(&result, criteria)
    result.sweeps = estimation.sweeps()
    result.slices = estimation.sliceRecords()
    result.tally = estimation.tallyRecord()
    result.models = plan.models.map {
      ModelRecord(
        name: $0.name, kind: $0.kind.rawValue, threshold: $0.threshold, lowest: $0.lowest,
        highest: $0.highest)
    }
    result.attributes = estimation.attributeRecords()
    result.warnings = estimation.warnings()
    result.plan = estimation.engines()
    return result
  }

  private var parallel: Parallel {
    guard let report else { return Parallel(threads: configuration.threads) }
    return Parallel(threads: configuration.threads) { part, done, items in
      report(
        EvaluationProgress(
          part: part.name, unit: part.unit,
          done: done == items ? part.total : done * part.total / items,
          total: part.total))
    }
  }
}

import EvenhandMetrics
// SPDX-License-Identifier: Apache-2.0
import EvenhandParallel

extension Estimation {
  /// Permutations that are drawn together.
  private static let block = 100
  /// Rows × permutations where rows are dealt one by one: about a minute a model and grouping.
  private static let mostDealt = 4e9

  /// Makes the permutation tests of `entries`, or says why not.
  func addPermutations(to tests: inout [GroupTest], _ entries: [TestEntry]) {
    var asked: [TestEntry] = []
    for entry in entries {
      if let reason = withoutPermutations(entry) {
        tests[entry.test].permutationReason = reason
      } else {
        asked.append(entry)
      }
    }
    let jobs = permutationJobs(asked)
    let permutations = plan.configuration.permutations
    let blocks = stride(from: 0, to: permutations, by: Self.block).map {
      $0..<min($0 + Self.block, permutations)
    }
    let part = Parallel.Part(
      "permuting groups", jobs.count * permutations, "permutations")
    let found = parallel.map(jobs.count * blocks.count, part) { item in
      jobs[item / blocks.count].reached(blocks[item % blocks.count])
    }
    for (index, job) in jobs.enumerated() {
      let own = found[(index * blocks.count)..<((index + 1) * blocks.count)]
      for (statistic, answered) in job.tests.enumerated() {
        let reached = own.reduce(into: Reached()) { $0 += $1[statistic] }
        let test = PermutationTest(
          pValue: pValue(reached.omnibus), rangePValue: pValue(reached.range),
          permutations: permutations, unit: job.unit)
        for index in answered { tests[index].permutation = test }
      }
    }
  }

  /// (1 + those that reach the observed statistic) / (1 + permutations): never 0.
  private func pValue(_ reached: Int) -> Double {
    rounded(Double(1 + reached) / Double(1 + plan.configuration.permutations))
  }

  /// Why a test is not made by permutation; `nil` if it is.
  private func withoutPermutations(_ entry: TestEntry) -> String? {
    let metric = estimates[entry.place].metric
    let rows = plan.rows
    let isDecision = metric is any DecisionMetric
    let isMean = metric is any ProbabilityMetric
    if plan.configuration.permutations == 0 { return "no permutations were asked for" }
    if !isDecision && !isMean && metric.id != AreaUnderROC().id {
      return "not offered for this metric"
    }
    if rows.isWeighted { return "not_available (weighted)" }
    if rows.isClustered && !isDecision && !isMean { return "not offered for clustered rows" }
    if rows.isClustered && plan.condition != nil
      && plan.slices.groupings[entry.grouping].context == 0
    {
      return "clusters are not permuted within the values of a condition"
    }
    return isDecision && !rows.isClustered
      ? nil : withoutDeals(rows.isClustered ? "clusters" : "scores")
  }

  /// Rows, other than counts, are dealt one by one: only on request, and not without end.
  private func withoutDeals(_ what: String) -> String? {
    if plan.configuration.method != .bootstrap {
      return "\(what) are permuted under --method bootstrap"
    }
    let rows = plan.rows.isClustered ? plan.rows.total : plan.rows.count
    return Double(rows) * Double(plan.configuration.permutations) > Self.mostDealt
      ? "rows × permutations exceed 4·10⁹" : nil
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandMetrics
import EvenhandSmallGroups

/// Empirical Bayes, structured regression and goodness of fit of one rate over the groups of one grouping.
struct SmallGroupsFinder {
  /// With fewer groups there is nothing to learn from the others.
  private static let fewest = 3

  let plan: Plan
  let estimates: MetricEstimates
  let withheld: Set<Int>
  /// The address of the random numbers, by use.
  let family: (fit: UInt32, deal: UInt32)

  /// `nil` where there are too few groups.
  func estimates(_ grouping: Grouping) -> GroupEstimates? {
    let table = plan.slices
    let members = grouping.comparable.filter { estimates.estimates[$0].proportion != nil }
    guard members.count >= Self.fewest else { return nil }
    let condition = table.slices[grouping.context]
    var result = GroupEstimates(
      model: estimates.model.map { plan.models[$0].name }, metric: estimates.metric.id,
      attributes: grouping.attributes,
      condition: condition.assignments.isEmpty ? nil : condition, status: .ok)
    guard withheld.isDisjoint(with: grouping.members) else {
      (result.status, result.reason) = (.suppressed, Estimation.withheldReason)
      return result
    }
    let counts = counts(members)
    let means = GroupMeans(counts)
    guard let bayes = EmpiricalBayes(means) else { return nil }
    result.target = bayes.target
    result.betweenVariance = bayes.betweenVariance
    let layout = grouping.attributes.count > 1 ? layout(members, grouping.attributes) : nil
    result.goodnessOfFit = layout.flatMap { goodnessOfFit(counts, $0) }
    let structured = layout.map {
      StructuredRegression(
        counts, layout: $0, seed: plan.configuration.seed, family: family.deal
      ).values
    }
    let intervals = bayes.intervals(confidence: plan.configuration.confidence)
    result.groups = members.indices.map { place in
      GroupEstimate(
        slice: table.slices[members[place]], denominator: counts.rows[place],
        value: means.values[place], shrunk: bayes.values[place],
        interval: intervals.map { interval($0[place]) },
        structured: structured.map { min(1, max(0, $0[place])) })
    }
    return result
  }

  private func counts(_ members: [Int]) -> CellCounts {
    let rates = members.compactMap { estimates.estimates[$0].proportion }
    return CellCounts(
      positives: rates.map { Int($0.successes) }, rows: rates.map { Int($0.trials) })
  }

  /// Groups are numbered in the order in which they occur: their order means nothing.
  private func layout(_ members: [Int], _ attributes: [String]) -> CellLayout {
    let levels = attributes.map { attribute -> [Int] in
      var numbers: [String: Int] = [:]
      return members.map { member in
        let group = plan.slices.slices[member].group(of: attribute) ?? nil
        let key = group.map { "=" + $0 } ?? ""
        let number = numbers[key] ?? numbers.count
        numbers[key] = number
        return number
      }
    }
    return CellLayout(members.indices.map { place in levels.map { $0[place] } })
  }

  private func goodnessOfFit(_ counts: CellCounts, _ layout: CellLayout) -> GoodnessOfFitRecord? {
    GoodnessOfFit(
      counts, layout: layout, replicates: plan.configuration.replicates,
      seed: plan.configuration.seed, family: family.fit
    ).map {
      GoodnessOfFitRecord(
        statistic: $0.statistic, degreesOfFreedom: $0.degreesOfFreedom, pValue: rounded($0.pValue),
        chiSquaredPValue: $0.chiSquaredPValue)
    }
  }

  private func interval(_ found: Interval) -> EstimateInterval {
    EstimateInterval(
      low: found.low, high: found.high, level: plan.configuration.confidence,
      method: "empirical_bayes")
  }
}

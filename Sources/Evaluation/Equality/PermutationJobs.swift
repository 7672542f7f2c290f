// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// The jobs of every model and grouping.
  func permutationJobs(_ entries: [TestEntry]) -> [any PermutationJob] {
    let groupings = plan.slices.groupings.count
    let byKey = Dictionary(grouping: entries) { entry in
      (estimates[entry.place].model ?? 0) * groupings + entry.grouping
    }
    return parallel.map(byKey.keys.sorted()) { key in
      let context = PermutationContext(
        plan: plan, tally: tallies[key / groupings], model: key / groupings,
        grouping: key % groupings)
      let own = byKey[key] ?? []
      return plan.rows.isClustered ? clusterJobs(context, own) : rowJobs(context, own)
    }.flatMap { $0 }
  }

  /// One job for all metrics of counts, one for the means over the same rows, one for an area.
  private func rowJobs(_ context: PermutationContext, _ entries: [TestEntry])
    -> [any PermutationJob]
  {
    var counts: [(TestEntry, any DecisionMetric)] = []
    var means: [DeckKey: [(entry: TestEntry, metric: any ProbabilityMetric)]] = [:]
    var jobs: [any PermutationJob] = []
    for entry in entries {
      let metric = estimates[entry.place].metric
      if let metric = metric as? any DecisionMetric {
        counts.append((entry, metric))
      } else if let metric = metric as? any ProbabilityMetric {
        means[deckKey(entry), default: []].append((entry, metric))
      } else {
        jobs.append(AreaPermutations(context, entry))
      }
    }
    if !counts.isEmpty { jobs.append(CountsPermutations(context, counts)) }
    for (key, own) in means {
      jobs.append(MeanPermutations(context, own, isLabelled: key.isLabelled))
    }
    return jobs
  }

  /// One job for the metrics of the same rows.
  private func clusterJobs(_ context: PermutationContext, _ entries: [TestEntry])
    -> [any PermutationJob]
  {
    let (rows, model) = (plan.rows, context.model)
    return Dictionary(grouping: entries, by: deckKey).map { key, entries in
      let deck = ClusterDeck(context, kind: key.among?.rawValue ?? 0, groups: key.groups) { row in
        if let among = key.among {
          let cell = DecisionCounts.cell(
            label: rows.label(row), decision: rows.decision(model, row))
          return cell.flatMap { cell in
            let own = DecisionCells(rawValue: 1 << UInt8(cell))
            return among.contains(own) ? own.indicator : nil
          }
        }
        let (score, label) = (rows.scores[model][row], rows.label(row))
        guard !score.isNaN, !key.isLabelled || label != nil else { return nil }
        return ScoreMoments.row(score: score, label: label)
      }
      return ClusterPermutations(deck, entries.map { ($0, kernel($0)) })
    }
  }

  private func kernel(_ entry: TestEntry) -> ClusterPermutations.Kernel {
    let metric = estimates[entry.place].metric
    if let metric = metric as? any DecisionMetric {
      return .counts(DecisionKernel(metric), isRate: metric is any Rate)
    }
    let mean = metric as? any ProbabilityMetric
    return .moments(mean?.numerator ?? 0, mean?.denominator ?? 0)
  }

  private func deckKey(_ entry: TestEntry) -> DeckKey {
    let metric = estimates[entry.place].metric
    if let metric = metric as? any DecisionMetric {
      let among = CountsPermutations.dealt(metric).reduce(DecisionCells()) { $0.union($1) }
      return DeckKey(groups: entry.groups, among: among, isLabelled: false)
    }
    // Where every row has a label, all means have the same rows.
    let isLabelled = plan.hasLabels && !plan.rows.labels.contains(BinaryColumn.missing)
    return DeckKey(
      groups: entry.groups, among: nil, isLabelled: isLabelled || metric.id != MeanScore().id)
  }
}

/// The rows that are dealt, and among whom.
private struct DeckKey: Hashable {
  var groups: [Int]
  /// Of metrics of counts; `nil` for means over scores.
  var among: DecisionCells?
  var isLabelled: Bool
}

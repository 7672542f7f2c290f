// SPDX-License-Identifier: Apache-2.0
import EvenhandEvaluation

/// What can be said of small groups, beside their raw values: never instead of them.
struct SmallGroupsSection {
  /// Rates that are shown; the others are in `scorecard.json`.
  static let metrics = [
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision",
  ]
  let reading: Reading

  var section: Section? {
    let record = reading.scorecard.smallGroups
    guard !record.estimates.isEmpty || !record.bounds.isEmpty else { return nil }
    let blocks = reading.perModel("small-groups") { model in
      [BoundsSentences(reading: reading, model: model).block].compactMap { $0 }
        + SmallGroupsTable(reading: reading, model: model).blocks
        + CrossingTable(reading: reading, model: model).blocks
    }
    guard !blocks.isEmpty else { return nil }
    return Section("small-groups", "Small groups", [.note(explanation)] + blocks)
  }

  private var explanation: RichText {
    """
    The rate of forty people swings by chance. Beside it stands what it becomes when groups learn from \
    each other: shrunk towards the mean of all groups, the more the smaller the group; and, for \
    intersections, from what their parts suggest. These values err less on average and hide a group \
    that is really different: they decide nothing here, and no gap is made of them.
    """
  }
}

extension Reading {
  /// The entries of one model and rate that say something.
  func groupEstimates(_ model: String, _ metric: String) -> [GroupEstimates] {
    scorecard.smallGroups.estimates.filter {
      $0.model == model && $0.metric == metric && $0.condition == nil && $0.status == .ok
    }
  }

  /// The joint bounds of one model and rate, over all slices of everybody.
  func simultaneousBounds(_ model: String, _ metric: String) -> SimultaneousBoundsRecord? {
    scorecard.smallGroups.bounds.first {
      $0.model == model && $0.metric == metric && $0.condition == nil && $0.status == .ok
    }
  }
}

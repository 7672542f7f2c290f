// SPDX-License-Identifier: Apache-2.0

/// One full-depth cell of the tally.
public struct TallyCell: Sendable, Codable, Equatable {
  public var slice: Slice
  public var n: Int
  /// For every model, in the order of `Tally.models`: the eight counts (or weights) in the order of
  /// `Tally.countNames`.
  public var counts: [[Double]]
  /// For every model: sums in the order of `Tally.sumNames`; `null` without scores.
  public var sums: [[Double]?]

  public init(slice: Slice, n: Int, counts: [[Double]], sums: [[Double]?]) {
    self.slice = slice
    self.n = n
    self.counts = counts
    self.sums = sums
  }
}

/// The additive summaries, cell by cell, from which counts and means can be derived again.
public struct Tally: Sendable, Codable, Equatable {
  public var models: [String]
  public var countNames: [String]
  public var sumNames: [String]
  public var cells: [TallyCell]

  public init(models: [String], cells: [TallyCell]) {
    self.models = models
    self.cells = cells
    countNames = [
      "true_positives", "false_positives", "false_negatives", "true_negatives",
      "selected_unlabelled", "rejected_unlabelled", "positive_undecided", "negative_undecided",
    ]
    sumNames = [
      "scored", "score", "labelled", "labelled_score", "positives", "squared_error", "log_loss",
    ]
  }
}

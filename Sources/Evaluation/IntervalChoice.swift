// SPDX-License-Identifier: Apache-2.0

/// Which method makes the intervals of each kind of number. The first of each is the default; how each
/// keeps its promise stands in the coverage study.
public struct IntervalChoice: Sendable, Equatable {
  /// Of a rate of unweighted, independent rows.
  public enum Rate: String, Sendable, CaseIterable {
    case clopperPearson = "clopper_pearson"
    case wilson, jeffreys
    /// By replicates, as the numbers that have no closed form.
    case bootstrap
  }

  /// Of the difference of such a rate to the reference group's; other metrics use `maxT`.
  public enum Difference: String, Sendable, CaseIterable {
    /// Newcombe's, with Student's t for the rows of the smaller group.
    case newcombeT = "newcombe_t"
    case newcombe, mee
    case miettinenNurminen = "miettinen_nurminen"
    /// Studentized, jointly for the family: the largest |t| over replicates or of normal theory.
    case maxT = "max_t"
  }

  /// Of the ratio of such a rate to the reference group's or to that of all rows; other metrics use
  /// `maxT`.
  public enum Ratio: String, Sendable, CaseIterable {
    /// Koopman's, with Student's t for the rows of the smaller group.
    case koopmanT = "koopman_t"
    case koopman, katz
    case miettinenNurminen = "miettinen_nurminen"
    /// Studentized on the logarithmic scale.
    case maxT = "max_t"
  }

  /// Of pairs of groups and of ranges, max − min and min ÷ max.
  public enum Range: String, Sendable, CaseIterable {
    case maxT = "max_t"
    /// For rates the method of differences or ratios, with the family's critical value.
    case score
  }

  /// Of a number whose interval comes from replicates.
  public enum Bootstrap: String, Sendable, CaseIterable {
    case studentized, bca, basic, percentile
  }

  public var rate = Rate.clopperPearson
  public var difference = Difference.newcombeT
  public var ratio = Ratio.koopmanT
  public var range = Range.maxT
  /// A range has none of these intervals, since its replicates never reach 0.
  public var bootstrap = Bootstrap.studentized

  public init() {}

  /// Whether a method was asked for that needs counts of unweighted, independent rows.
  var asksForCounts: Bool {
    rate != .clopperPearson || ![.newcombeT, .maxT].contains(difference)
      || ![.koopmanT, .maxT].contains(ratio) || range != .maxT
  }
}

/// From where a replicate takes its rows.
public enum Resampling: String, Sendable, CaseIterable {
  /// Counts from all rows; scores by Poisson numbers of each row; whole clusters where rows come in
  /// clusters.
  case auto
  /// Every row a Poisson number of times with mean 1: the number of rows varies too.
  case poisson
  /// Within every combination of groups and label, whose numbers stay as they are.
  case groupLabel = "group_label"
  /// Within every value of the condition, whose numbers stay as they are.
  case condition
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// How scores are cut into bins (a, b]; ties are never split, empty bins do not count.
public enum ScoreBinning: Sendable, Equatable {
  /// Bins of equal weight of the sample itself: the cuts are the scores of rank ⌈j·n/bins⌉, as in
  /// `BinEdges`. With fewer than `bins` distinct scores, one bin a score.
  case equalMass(Int)
  /// Bins of equal width on [0, 1].
  case equalWidth(Int)
  /// Given edges, such as the pooled ones that all slices share.
  case edges(BinEdges)

  /// For ids: `equal_mass`.
  var id: String {
    switch self {
    case .equalMass: "equal_mass"
    case .equalWidth: "equal_width"
    case .edges: "pooled"
    }
  }

  /// For readers: `10 bins of equal mass`.
  var title: String {
    switch self {
    case .equalMass(let bins): "\(bins) bins of equal mass"
    case .equalWidth(let bins): "\(bins) bins of equal width"
    case .edges: "bins of equal mass shared by all slices"
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

/// Mean residuals of one model over groups × score bins, judged together: where scores are off for
/// somebody, although they may be right on the whole.
///
/// Rows belong to cells that partition the table; groups are unions of cells and may overlap, as
/// attributes' values and their intersections do. For every group and bin: the mean residual
/// Σ w(y − f)/Σw, its standard error √Σ w²f(1 − f) / Σw where every score is right, and z, their ratio.
/// The family's critical value and adjusted p-values are those of the largest |z| over labels drawn at
/// the scores, once for all groups that share a row: `LabelReplicates`.
///
/// A group and bin is left out of the family under `minimum` rows, and where scores are so near 0 or 1
/// that Σ w²f(1 − f) is below `leastVariance` squares of the largest weight: there one label is many
/// standard errors, and the family's critical value would be about such regions only.
///
/// One pass over the rows. Give them in one order, such as a table's canonical one: sums in another
/// order may differ in their last bits.
///
/// Source: Hébert-Johnson, Kim, Reingold & Rothblum 2018, arXiv:1711.08513 (the condition); Westfall &
/// Young 1993 (the largest |z|).
public struct Multicalibration: Sendable {
  public let edges: BinEdges
  /// The cells of each group.
  public let groups: [[Int]]
  public let minimum: Double
  public let leastVariance: Double
  /// By cell, then bin.
  private(set) var tallies: [BinTally]

  /// - Parameters:
  ///   - cellCount: cells are numbered from 0.
  ///   - groups: each a list of different cells.
  ///   - edges: of the score bins, the same for all groups.
  ///   - minimum: how many rows a group and bin needs.
  ///   - leastVariance: of the sum of its labels where every score is right, in squares of its largest
  ///     weight.
  public init(
    cellCount: Int, groups: [[Int]], edges: BinEdges, minimum: Double = 10,
    leastVariance: Double = 5
  ) {
    precondition(groups.allSatisfy { $0.allSatisfy { $0 >= 0 && $0 < cellCount } })
    self.edges = edges
    self.groups = groups
    self.minimum = minimum
    self.leastVariance = leastVariance
    tallies = Array(repeating: BinTally(), count: cellCount * edges.count)
  }

  /// Adds equal rows; the score is a probability.
  public mutating func add(
    score: Double, label: Bool, cell: Int, weight: Double = 1, rows: Double = 1
  ) {
    precondition(score >= 0 && score <= 1, "a score is a probability")
    tallies[cell * edges.count + edges.bin(of: score)].add(
      score: score, label: label, weight: weight, rows: rows)
  }

  /// Every group and bin that holds rows, by group, then bin.
  public func regions() -> [CalibrationRegion] {
    groups.indices.flatMap { group in
      (0..<edges.count).compactMap { bin in
        var tally = BinTally()
        for cell in groups[group] { tally.merge(tallies[cell * edges.count + bin]) }
        return tally.rows > 0
          ? CalibrationRegion(
            group: group, bin: bin, tally, minimum: minimum, leastVariance: leastVariance)
          : nil
      }
    }
  }
}

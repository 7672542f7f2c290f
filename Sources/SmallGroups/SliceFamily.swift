// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra

/// What the data themselves say of every slice, before any replicate, and which slices the
/// replicates decide on.
struct SliceFamily {
  /// A slice whose bounds come from the replicates.
  struct Member {
    let slice: Int
    let deviation: Double
    /// s(G) / P², what a critical value of 1 adds to the deviation.
    let unit: Double
  }
  /// Fewer rows than this in the slice or outside it, and the closed form takes over.
  private static let fewestRows = 50
  /// The same for rows times p (1 − p), with the overall rate p: about the rarer outcome's number.
  private static let fewestEvents = 5.0
  /// How many rows at the overall rate are added to a slice's own for its variance.
  private static let addedRows = 20.0

  let members: [Member]
  /// Slices that get the closed form.
  let closedForms: [Int]
  /// Slices with any bounds.
  var count: Int { members.count + closedForms.count }

  /// - Parameter slices: by slice its rows and positives.
  init(_ slices: [SliceCounts], total: SliceCounts) {
    var (members, closedForms): ([Member], [Int]) = ([], [])
    for (number, slice) in slices.enumerated() {
      let fewest = min(slice.rows, total.rows - slice.rows)
      // No row to estimate with, or all rows: the deviation is 0.
      if fewest == 0 { continue }
      if fewest < Self.fewestRows || Double(fewest) * total.variance < Self.fewestEvents {
        closedForms.append(number)
      } else {
        let unit = Self.variance(slice, total).squareRoot()
        members.append(
          Member(slice: number, deviation: slice.rate - total.rate, unit: unit))
      }
    }
    (self.members, self.closedForms) = (members, closedForms)
  }

  /// (1 − P)²/P · v_G + σ² − P σ_G²: the variance of one row's influence on the deviation, with v_G
  /// for the slice's own variance σ_G² where that is divided by a small P.
  private static func variance(_ slice: SliceCounts, _ total: SliceCounts) -> Double {
    let share = Double(slice.rows) / Double(total.rows)
    let smoothed =
      (Double(slice.positives) + addedRows * total.rate) / (Double(slice.rows) + addedRows)
    let own = max(smoothed * (1 - smoothed), total.variance)
    let outside = 1 - share
    return outside * outside / share * own + total.variance - share * slice.variance
  }

  /// The right factor of the replicates' product: 2 · cells × members.
  ///
  /// Against [S_w − θ_w N_w, N_w] by cell it gives (Σ_{a∈G} (S_w − θ_w N_w) − ε N_w) / (n P unit),
  /// which is t/s.
  func contrasts(slices: [[Int]], cells: Int, rows: [Int]) -> Matrix {
    var contrasts = Matrix(rows: 2 * cells, columns: members.count)
    for (column, member) in members.enumerated() {
      let scale = 1 / (Double(rows[member.slice]) * member.unit)
      for cell in slices[member.slice] {
        contrasts[cell, column] = scale
        contrasts[cells + cell, column] = -member.deviation * scale
      }
    }
    return contrasts
  }
}

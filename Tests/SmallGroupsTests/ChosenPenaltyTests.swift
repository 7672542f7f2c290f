// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import EvenhandSmallGroups
import RealModule
import Testing

/// Cross-validation done anew with fits to nine digits: those that choose the penalty have five.
@Suite struct ChosenPenaltyTests {
  private static let layout = CellLayout(allCells([2, 3, 4]))
  private static let (folds, repetitions) = (5, 2)
  private static let family: UInt32 = 4

  /// Cells of 20 to 200 rows; effects of the first attribute's values from none on.
  private static func counts(_ seed: UInt64) -> CellCounts {
    var stream = RandomStream(seed: seed, family: 9, replicate: 0)
    let rows = layout.levels.map { _ in logUniform(20, 200, &stream) }
    let effect = 0.03 * Double(seed % 5)
    let positives = zip(layout.levels, rows).map { levels, rows in
      Binomial.sample(
        trials: rows, probability: 0.3 + effect * Double(levels[0]), using: &stream)
    }
    return CellCounts(positives: positives, rows: rows)
  }

  /// What is left out of each fit.
  private static func held(_ counts: CellCounts, _ seed: UInt64) -> [CellCounts] {
    (0..<repetitions).flatMap { repetition in
      var stream = RandomStream(seed: seed, family: family, replicate: UInt32(repetition))
      var parts = (0..<folds).map { _ in (positives: [Int](), rows: [Int]()) }
      var next = 0
      for (positives, rows) in zip(counts.positives, counts.rows) {
        var places = Array(repeating: rows / folds, count: folds)
        for _ in 0..<rows % folds {
          places[next % folds] += 1
          next += 1
        }
        for fold in 0..<folds {
          parts[fold].rows.append(places[fold])
          parts[fold].positives.append(0)
        }
        Hypergeometric.deal(positives, into: &places, using: &stream) { fold, count in
          parts[fold].positives[parts[fold].positives.count - 1] = count
        }
      }
      return parts.map { CellCounts(positives: $0.positives, rows: $0.rows) }
    }
  }

  /// Σ n (y − μ)² of the rows left out, μ fitted to the others under the same weights as all rows.
  private static func error(_ held: CellCounts, of all: CellCounts, _ penalty: Double) -> Double {
    let rest = GroupMeans(
      CellCounts(
        positives: zip(all.positives, held.positives).map { $0 - $1 },
        rows: zip(all.rows, held.rows).map { $0 - $1 }))
    let scale = GroupMeans(all).rowVariance / rest.rowVariance
    let fit = StructuredRegression(
      rest, layout: layout, penalty: penalty * scale * Double(folds - 1) / Double(folds))
    return fit.values.indices.reduce(0) { sum, cell in
      let rows = Double(held.rows[cell])
      let residual = Double(held.positives[cell]) / rows - fit.values[cell]
      return sum + rows * residual * residual
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>) func isThatOfExactFits(_ seed: UInt64) {
    let counts = Self.counts(seed)
    let found = StructuredRegression(
      counts, layout: Self.layout, folds: Self.folds, repetitions: Self.repetitions, seed: seed,
      family: Self.family)
    let groups = GroupMeans(counts)
    let largest = found.terms.map { term in
      term.cells.reduce(0) {
        $0 + 2 * groups.counts[$1] * (groups.values[$1] - groups.pooledMean) / groups.rowVariance
      }.magnitude
    }.reduce(0, max)
    let held = Self.held(counts, seed)
    var best = (place: 0, error: Double.infinity, penalty: Double.nan)
    // The search ends six places behind the best.
    for place in 0...24 where place <= best.place + 6 {
      let penalty = largest * Double.pow(10, -Double(place) / 8)
      let error = held.reduce(0) { $0 + Self.error($1, of: counts, penalty) }
      if error < best.error { best = (place, error, penalty) }
    }
    #expect((found.penalty / best.penalty - 1).magnitude < 1e-9)
  }
}

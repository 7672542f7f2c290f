// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandParallel
import EvenhandSampling

/// Rows collapsed into patterns (full-depth cell × label × all models' decisions), and how a replicate
/// draws their counts anew.
///
/// One multinomial draw over the patterns has the same distribution as drawing rows with replacement.
/// Within strata it is one multinomial a stratum; Poisson replicates draw every pattern by itself.
struct CountPatterns: Sendable {
  /// Patterns that are drawn together, with a total that stays as it is.
  private struct Stratum: Sendable {
    var counts: [Int] = []
    var cells: [Int] = []
    /// By pattern and model, which of the eight counts it adds to; −1: none.
    var places: [[Int]] = []
  }

  private let strata: [Stratum]
  private let isPoisson: Bool
  private let models: Int
  private let slices: SliceTable

  /// - Complexity: rows × (models + 1), in stretches over the processors. Patterns are in the order in
  ///   which they are met.
  init(_ plan: Plan, _ parallel: Parallel) {
    let (rows, resampling) = (plan.rows, plan.configuration.resampling)
    models = plan.models.count
    slices = plan.slices
    isPoisson = resampling == .poisson
    let starts = Array(stride(from: 0, to: rows.count, by: Self.stretch))
    let parts = parallel.map(starts) { start in
      RowPatterns(rows, start..<min(start + Self.stretch, rows.count)).patterns
    }
    var strata: [Stratum] = []
    var stratumOf: [Int: Int] = [:]
    var placeOf: [[UInt8]: (cell: Int32, stratum: Int, place: Int)] = [:]
    for pattern in parts.joined() {
      let (cell, label) = (Int(pattern.cell), Int(pattern.values[0]))
      // Rows stand in the order of their cells: a pattern of an earlier cell is met no more.
      if let found = placeOf[pattern.values], found.cell == pattern.cell {
        strata[found.stratum].counts[found.place] += pattern.rows
        continue
      }
      let together =
        switch resampling {
        case .auto, .poisson: 0
        case .groupLabel: 4 * cell + label
        case .condition: plan.slices.strata[cell]
        }
      let stratum = stratumOf[together] ?? strata.count
      if stratum == strata.count {
        stratumOf[together] = stratum
        strata.append(Stratum())
      }
      placeOf[pattern.values] = (pattern.cell, stratum, strata[stratum].counts.count)
      strata[stratum].counts.append(pattern.rows)
      strata[stratum].cells.append(cell)
      strata[stratum].places.append(pattern.places)
    }
    self.strata = strata
  }

  /// Rows that one thread takes at a time.
  private static let stretch = 1 << 17

  /// The counts of every slice, model by model, in one replicate.
  func draw(_ stream: inout RandomStream) -> [[SIMD8<Double>]] {
    var byCell = Array(
      repeating: Array(repeating: SIMD8<Double>(), count: slices.cellCount), count: models)
    for stratum in strata {
      let drawn = draw(stratum.counts, &stream)
      for pattern in drawn.indices {
        for model in 0..<models where stratum.places[pattern][model] >= 0 {
          byCell[model][stratum.cells[pattern]][stratum.places[pattern][model]] += drawn[pattern]
        }
      }
    }
    return byCell.map { cells in
      slices.cells.map { members in
        var sum = SIMD8<Double>()
        for cell in members { sum += cells[Int(cell)] }
        return sum
      }
    }
  }

  private func draw(_ counts: [Int], _ stream: inout RandomStream) -> [Double] {
    if isPoisson {
      return counts.map { Double(Poisson.sample(mean: Double($0), using: &stream)) }
    }
    var drawn = Array(repeating: 0.0, count: counts.count)
    Multinomial.resample(counts, into: &drawn, using: &stream)
    return drawn
  }
}

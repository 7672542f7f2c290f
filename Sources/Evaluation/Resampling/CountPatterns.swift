// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
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

  init(_ plan: Plan) {
    let rows = plan.rows
    let resampling = plan.configuration.resampling
    var strata: [Stratum] = []
    var stratumOf: [Int: Int] = [:]
    var patternOf: [[Int]: (stratum: Int, place: Int)] = [:]
    for row in 0..<rows.count {
      let cell = Int(rows.cells[row])
      let places = plan.models.indices.map {
        DecisionCounts.cell(label: rows.label(row), decision: rows.decision($0, row)) ?? -1
      }
      let multiplicity = Int(rows.multiplicities[row])
      let label = Int(rows.labels[row])
      let key = [cell, label] + places
      if let found = patternOf[key] {
        strata[found.stratum].counts[found.place] += multiplicity
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
      patternOf[key] = (stratum, strata[stratum].counts.count)
      strata[stratum].counts.append(multiplicity)
      strata[stratum].cells.append(cell)
      strata[stratum].places.append(places)
    }
    self.strata = strata
    isPoisson = resampling == .poisson
    models = plan.models.count
    slices = plan.slices
  }

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

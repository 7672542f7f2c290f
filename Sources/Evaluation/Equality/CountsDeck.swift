// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics
import EvenhandSampling

/// The rows that a rate has in its denominator, as counts, to be dealt anew among groups.
///
/// Within every stratum the sizes of the groups and the numbers of rows in each decision cell stay as
/// they are: one multivariate hypergeometric draw a cell, whatever the number of rows.
struct CountsDeck: Sendable {
  let among: DecisionCells
  /// Slices.
  let groups: [Int]
  /// By group: the observed counts in `among`.
  let observed: [SIMD8<Double>]
  private let strata: [Stratum]
  private let family: UInt32
  private let seed: UInt64

  private struct Stratum: Sendable {
    /// Decision cells that occur and their rows.
    var patterns: [(cell: Int, count: Int)] = []
    /// By group.
    var sizes: [Int]
  }

  init(_ context: PermutationContext, among: DecisionCells, groups: [Int]) {
    self.among = among
    self.groups = groups
    family = context.family(among.rawValue)
    seed = context.seed
    let mask = among.indicator
    var tables: [Int: [SIMD8<Double>]] = [:]
    for (group, slice) in groups.enumerated() {
      for cell in context.plan.slices.cells[slice].lazy.map(Int.init) {
        let stratum = context.plan.slices.strata[cell]
        tables[stratum, default: Array(repeating: SIMD8(), count: groups.count)][group] +=
          context.tally.decisionCells[cell].rows * mask
      }
    }
    observed = groups.indices.map { group in
      tables.values.reduce(into: SIMD8()) { $0 += $1[group] }
    }
    strata = tables.keys.sorted().compactMap { key in
      let table = tables[key] ?? []
      let totals = table.reduce(into: SIMD8<Double>()) { $0 += $1 }
      guard totals.sum() > 0 else { return nil }
      return Stratum(
        patterns: (0..<8).filter { totals[$0] > 0 }.map { ($0, Int(totals[$0])) },
        sizes: table.map { Int($0.sum()) })
    }
  }

  /// Writes the counts of every group under one permutation.
  func deal(_ permutation: Int, into counts: inout [SIMD8<Double>], _ places: inout [Int]) {
    var stream = RandomStream(seed: seed, family: family, replicate: UInt32(permutation))
    for group in counts.indices { counts[group] = SIMD8() }
    for stratum in strata {
      for group in places.indices { places[group] = stratum.sizes[group] }
      for (cell, count) in stratum.patterns.dropLast() {
        Hypergeometric.deal(count, into: &places, using: &stream) {
          counts[$0][cell] += Double($1)
        }
      }
      // What is left over belongs to the last cell.
      guard let last = stratum.patterns.last?.cell else { continue }
      for group in places.indices { counts[group][last] += Double(places[group]) }
    }
  }
}

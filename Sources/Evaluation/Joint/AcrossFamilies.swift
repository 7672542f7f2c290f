// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// The gaps with the p-values of differences among all of their kind over the metrics and slices of
  /// their model.
  ///
  /// Ratios, pairs and ranges are other views of the same differences and take no part; nor does the
  /// base rate, which is no model's.
  func judgedAcrossMetrics(_ gaps: [Gap]) -> [Gap] {
    let kinds = [GapKind.differenceToReference, .differenceToOverall]
    let families = plan.models.indices.flatMap { model in
      kinds.map { acrossFamily($0, model, gaps) }
    }
    // Each is reckoned in parallel, which leaves no thread idle while a last model is.
    let covariances = plan.models.indices.map { model -> JointCovariance? in
      let own = families[(model * kinds.count)..<((model + 1) * kinds.count)]
      return own.contains { $0.isDrawn } ? covariance(own, model) : nil
    }
    let correlated = parallel.map(families.count) {
      families[$0].correlated(covariances[$0 / kinds.count], estimates)
    }
    let drawn = families.indices.filter { correlated[$0] != nil }
    let draws = Dictionary(
      uniqueKeysWithValues: zip(
        drawn,
        JointDraws.draw(
          drawn.compactMap { correlated[$0] }, count: drawCount, seed: plan.configuration.seed,
          parallel)))
    var result = gaps
    for (place, family) in families.enumerated() {
      for (gap, value) in family.adjusted(draws[place]) { result[gap].acrossMetrics = value }
    }
    return result
  }

  /// Of the estimates that a model's families are about.
  private func covariance(_ families: ArraySlice<AcrossFamily>, _ model: Int) -> JointCovariance {
    let needed = families.reduce(into: [Int: Set<Int>]()) { needed, family in
      needed.merge(family.needed) { $0.union($1) }
    }
    let columns = columns(ofModel: model) { needed[$0, default: []].sorted() }
    return JointCovariance(self, model: model, columns: columns)
  }

  /// Twice the replicates: draws are cheap, and families have many members.
  private var drawCount: Int { min(2 * plan.configuration.replicates, 20_000) }

  /// The differences of a kind, each hypothesis once.
  private func acrossFamily(_ kind: GapKind, _ model: Int, _ gaps: [Gap]) -> AcrossFamily {
    let name = plan.models[model].name
    let entries = Dictionary(
      uniqueKeysWithValues: estimates.indices.filter { estimates[$0].model == model }
        .map { (estimates[$0].metric.id, $0) })
    let slices = Dictionary(
      plan.slices.slices.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var places: [[Int]: Int] = [:]
    var hypotheses: [AcrossFamily.Hypothesis] = []
    for (place, gap) in gaps.enumerated() where gap.kind == kind && gap.model == name {
      guard let own = entries[gap.metric], let slice = gap.slice.flatMap({ slices[$0] }),
        let reference = gap.reference.flatMap({ slices[$0] }),
        let pValue = estimates[own].cautiousPValue(of: gap, slice, reference)
      else { continue }
      let entry = representative(own)
      let key = [entry, slice, reference]
      if let known = places[key] {
        hypotheses[known].gaps.append(place)
      } else {
        places[key] = hypotheses.count
        hypotheses.append(
          AcrossFamily.Hypothesis(
            entry: entry, slice: slice, reference: reference, pValue: pValue, gaps: [place]))
      }
    }
    // A difference by itself keeps its p-value.
    if hypotheses.count == 1 {
      hypotheses[0].pValue = gaps[hypotheses[0].gaps[0]].pValue ?? hypotheses[0].pValue
    }
    return AcrossFamily(name: "\(name)/\(kind.rawValue)", hypotheses: hypotheses)
  }

  /// The first metric of the model whose value this one's is, or is 1 minus.
  private func representative(_ entry: Int) -> Int {
    guard let rate = estimates[entry].metric as? any Rate else { return entry }
    return estimates.indices.first { other in
      guard estimates[other].model == estimates[entry].model,
        let first = estimates[other].metric as? any Rate
      else { return false }
      return other == entry || rate.isComplement(of: first)
    } ?? entry
  }
}

extension Rate {
  /// Whether the two add up to 1: each counts what the other leaves of the same rows.
  func isComplement(of other: any Rate) -> Bool {
    among == other.among && counted == among.subtracting(other.counted)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// Every gap of every metric and model.
  func gaps() -> [Gap] {
    let theory = GapTheory(plan, families.flatMap { $0 })
    let builders = estimates.indices.map {
      GapBuilder(
        plan: plan, estimates: estimates[$0], families: families[$0], maxima: maxima[$0],
        theory: theory,
        missing: MissingBoundsFinder(
          plan: plan, tally: tallies[estimates[$0].model ?? 0], estimates: estimates[$0],
          withheld: withheld))
    }
    var result = parallel.map(builders) { builder in
      builder.gaps().map { addComponents($0, builder) }
    }.flatMap { $0 }
    result += parallel.map(plan.models.count) { model -> [Gap] in
      func builder(_ id: String) -> GapBuilder? {
        builders.first { $0.estimates.model == model && $0.estimates.metric.id == id }
      }
      guard let truePositives = builder(TruePositiveRate().id),
        let falsePositives = builder(FalsePositiveRate().id)
      else { return [] }
      return EqualizedOdds(
        plan: plan, truePositives: truePositives, falsePositives: falsePositives
      ).gaps()
    }.flatMap { $0 }
    result += builders.filter { $0.estimates.metric is DebiasedSquaredCalibrationError }.flatMap {
      DebiasedGaps(builder: $0, calibrations: debiased[$0.estimates.model ?? 0]).gaps(parallel)
    }
    return judgedAcrossMetrics(result)
  }

  /// The parts beside a mean of rates, in which opposite gaps would cancel unseen.
  private func addComponents(_ gap: Gap, _ builder: GapBuilder) -> Gap {
    guard gap.kind == .differenceToReference, gap.name != nil,
      let mean = builder.estimates.metric as? any MeanOfRates,
      let slice = gap.slice.flatMap({ plan.slices.slices.firstIndex(of: $0) }),
      let reference = gap.reference.flatMap({ plan.slices.slices.firstIndex(of: $0) })
    else { return gap }
    var result = gap
    result.components = ([mean.first, mean.second] as [any Rate]).map { rate in
      let own = estimates.first {
        $0.metric.id == rate.id && $0.model == builder.estimates.model
      }?.estimates
      let values = own.map { ($0[slice].value, $0[reference].value) }
      let difference = values.flatMap { a, b in a.flatMap { a in b.map { a - $0 } } }
      return GapComponent(metric: rate.id, value: difference)
    }
    return result
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandMetrics

extension Estimation {
  /// Intervals and critical values of everything that is a function of sums over clusters.
  mutating func resampleClusters() {
    let places = estimates.indices.filter { ClusterEngine.isAvailable(estimates[$0].metric) }
    guard !places.isEmpty else { return }
    func range(_ place: Int) -> ClosedRange<Double> {
      guard let metric = estimates[place].metric as? any ProbabilityMetric else {
        return estimates[place].metric.range
      }
      return ProbabilityEstimator.range(metric, plan.models[estimates[place].model ?? 0].kind)
    }
    func targets() -> [ClusterEngine.Target] {
      places.map { place in
        ClusterEngine.Target(
          estimates: estimates[place], families: families[place],
          pivotSlices: estimates[place].estimates.indices.filter {
            // At an end of the range all clusters agree, and where many replicates say nothing the
            // rest say too little: the closed form stays.
            let (estimate, range) = (estimates[place].estimates[$0], range(place))
            return estimate.status == .ok && estimate.interval != nil
              && estimate.value != range.lowerBound && estimate.value != range.upperBound
          }, scale: IntervalRule.scale(of: range(place)))
      }
    }
    var targeted = targets()
    var replicates = ClusterEngine(plan, targeted).run(parallel)
    if dropUndefined(places, replicates.map(\.undefined)) {
      for place in places {
        families[place] = ContrastFamily.families(estimates[place], plan.slices)
      }
      targeted = targets()
      replicates = ClusterEngine(plan, targeted).run(parallel)
    }
    for (place, (target, replicates)) in zip(places, zip(targeted, replicates)) {
      maxima[place] = replicates.maxima
      let sampled = sampledInterval(range(place))
      update(place, target.pivotSlices) { _, estimate, index in
        sampled.apply(to: &estimate, samples: replicates.pivots[index]) { nil }
      }
    }
  }
}

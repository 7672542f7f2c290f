// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandPower
import EvenhandSampling
import RealModule

extension SimulatedDesign {
  /// Means, areas and clusters, planned by formula and judged by studentized limits.
  static let others: [SimulatedDesign] = [
    means(
      "means 0 and 2, deviations 10 and 10", gap: 2, deviations: (10, 10)
    ) { $0.normal() },
    means(
      "means 0 and 4, deviations 5 and 15, reference 3 times as large", gap: 4,
      deviations: (5, 15), allocation: 3
    ) { $0.normal() },
    // Exponential numbers, centred: as skewed as losses are.
    means(
      "means 0 and 0.5 of skewed numbers, deviations 1 and 1", gap: 0.5, deviations: (1, 1)
    ) { -Double.log($0.uniform()) - 1 },
    areas("areas 0.80, 0.75, 30 % positive", reference: 0.80, group: 0.75, share: 0.3),
    areas("areas 0.95, 0.85, 10 % positive", reference: 0.95, group: 0.85, share: 0.1),
    clusters("rates 0.30, 0.25, clusters of 5, correlation 0.1", 0.30, 0.25, 5, 0.1),
    clusters("rates 0.30, 0.60, clusters of 20, correlation 0.3", 0.30, 0.60, 20, 0.3),
  ]

  private static let z = Normal.critical(confidence: confidence)

  /// Numbers with mean 0 and deviation 1 from `draw`, stretched and shifted.
  private static func means(
    _ name: String, gap: Double, deviations: (Double, Double), allocation: Double = 1,
    draw: @escaping @Sendable (inout RandomStream) -> Double
  ) -> SimulatedDesign {
    let design = MeanPower(
      group: gap, groupDeviation: deviations.0, referenceDeviation: deviations.1, critical: z)
    let sizes = formula(design, allocation)
    return SimulatedDesign(name, planned: sizes, trials: 4000) { stream in
      let own = moments(Int(sizes.group), &stream) { gap + deviations.0 * draw(&$0) }
      let other = moments(Int(sizes.reference), &stream) { deviations.1 * draw(&$0) }
      return own.mean - other.mean > z * (own.square + other.square).squareRoot()
    }
  }

  /// The mean and its squared standard error.
  private static func moments(
    _ count: Int, _ stream: inout RandomStream, _ draw: (inout RandomStream) -> Double
  ) -> (mean: Double, square: Double) {
    let values = (0..<count).map { _ in draw(&stream) }
    let mean = values.reduce(0, +) / Double(count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, squares / Double(count) / Double(count - 1))
  }

  /// Normal scores, judged by DeLong's variance.
  private static func areas(
    _ name: String, reference: Double, group: Double, share: Double
  ) -> SimulatedDesign {
    let design = AreaPower(
      group: group, reference: reference, positiveShare: share, critical: z)
    let sizes = formula(design)
    return SimulatedDesign(name, planned: sizes, trials: 2000) { stream in
      let own = area(group, sizes.group, share, &stream)
      let other = area(reference, sizes.reference, share, &stream)
      let error = (own.smoothedVariance + other.smoothedVariance).squareRoot()
      return other.auc - own.auc > z * error
    }
  }

  private static func area(
    _ area: Double, _ rows: Double, _ share: Double, _ stream: inout RandomStream
  ) -> DeLong {
    let positives = Int((rows * share).rounded())
    let shift = 2.0.squareRoot() * Normal.quantile(area)
    return DeLong(
      positives: (0..<positives).map { _ in shift + stream.normal() }.sorted(),
      negatives: (positives..<Int(rows)).map { _ in stream.normal() }.sorted())
  }

  /// Rows that copy their cluster's draw with probability √ρ, judged by CR1 with t.
  private static func clusters(
    _ name: String, _ reference: Double, _ group: Double, _ size: Int, _ correlation: Double
  ) -> SimulatedDesign {
    let design = ClusteredPower(
      TwoProportionPower(group: group, reference: reference, critical: z),
      clusterSize: Double(size), correlation: correlation)
    let sizes = design.whole(formula(design))
    let count = Int(sizes.group) / size
    let t = -StudentT.quantile(Normal.cumulative(-z), degreesOfFreedom: Double(count - 1))
    return SimulatedDesign(name, planned: sizes, trials: 4000) { stream in
      let own = clustered(count, size, group, correlation, &stream)
      let other = clustered(count, size, reference, correlation, &stream)
      let isRightWay = (own.rate > other.rate) == (group > reference)
      let error = (own.square + other.square).squareRoot()
      return isRightWay && (own.rate - other.rate).magnitude > t * error
    }
  }

  private static func clustered(
    _ count: Int, _ size: Int, _ rate: Double, _ correlation: Double,
    _ stream: inout RandomStream
  ) -> (rate: Double, square: Double) {
    let copying = correlation.squareRoot()
    let sums = (0..<count).map { _ in
      let common = stream.uniform() < rate
      return (0..<size).reduce(0.0) { sum, _ in
        let own = stream.uniform() < copying ? common : stream.uniform() < rate
        return sum + (own ? 1 : 0)
      }
    }
    let rows = Double(count * size)
    let mean = sums.reduce(0, +) / rows
    let squares = sums.reduce(0) {
      $0 + ($1 - mean * Double(size)) * ($1 - mean * Double(size))
    }
    return (mean, Double(count) / Double(count - 1) * squares / (rows * rows))
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import EvenhandParallel

/// One model's mean residuals over all slices and score bins, judged together.
struct MulticalibrationFamily {
  private static let block = 111
  /// How many regions are recorded.
  private static let most = 20

  let plan: Plan
  let model: Int
  let edges: BinEdges?
  let parallel: Parallel

  func record(_ samples: SliceSamples, isWithheld: Bool) -> MulticalibrationRecord {
    let name = plan.models[model].name
    let level = plan.configuration.confidence
    func absent(_ status: Status, _ reason: String) -> MulticalibrationRecord {
      MulticalibrationRecord(model: name, status: status, reason: reason, level: level)
    }
    if isWithheld { return absent(.suppressed, "withheld: regions may hold too few people") }
    if plan.rows.isClustered {
      return absent(.notMeasured, "labels of a cluster's rows cannot be drawn one by one")
    }
    if plan.configuration.labelDraws == 0 { return absent(.notMeasured, "no labels are drawn") }
    guard let edges else { return absent(.notMeasured, "scores are not probabilities") }
    var calibration = Multicalibration(
      cellCount: plan.slices.cellCount, groups: plan.slices.cells.map { $0.map(Int.init) },
      edges: edges, minimum: Double(plan.configuration.minimum))
    samples.forEachRow { score, label, cell, weight, rows in
      calibration.add(score: score, label: label, cell: cell, weight: weight, rows: rows)
    }
    do throws(Undefined) {
      let test = try MulticalibrationTest(
        calibration, maxima: maxima(calibration), confidence: level)
      return record(test, calibration, name, level)
    } catch {
      return absent(.undefined, error.reason)
    }
  }

  private func maxima(_ calibration: Multicalibration) -> [Double] {
    let labels = LabelReplicates(calibration)
    let family = StreamFamily.multicalibration(model: model)
    let replicates = plan.configuration.labelDraws
    return parallel.map((replicates + Self.block - 1) / Self.block) { block in
      labels.maxima(
        block * Self.block..<min(replicates, (block + 1) * Self.block),
        seed: plan.configuration.seed, family: family)
    }.flatMap { $0 }
  }

  private func record(
    _ test: MulticalibrationTest, _ calibration: Multicalibration, _ name: String, _ level: Double
  ) -> MulticalibrationRecord {
    let members = test.regions.indices.filter { test.regions[$0].z != nil }
    var result = MulticalibrationRecord(
      model: name, status: .ok, critical: rounded(test.criticalValue), level: level,
      size: members.count, excluded: test.regions.count - members.count)
    func distance(_ place: Int) -> Double { abs(test.regions[place].z ?? 0) }
    // Equal distances stand in the order of slices and bins.
    let worst = members.sorted { (-distance($0), $0) < (-distance($1), $1) }.prefix(Self.most)
    let limits = [0] + calibration.edges.edges + [1]
    result.worst = worst.compactMap { place in
      let region = test.regions[place]
      guard let z = region.z, let p = test.adjustedPValues[place] else { return nil }
      return MulticalibrationRegion(
        slice: plan.slices.slices[region.group], low: limits[region.bin],
        high: limits[region.bin + 1], n: region.rows, meanScore: region.meanScore,
        observedRate: region.meanScore + region.meanResidual, z: z, adjustedPValue: rounded(p))
    }
    return result
  }
}

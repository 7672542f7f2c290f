// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics
import EvenhandParallel

/// One model's mean residuals over all slices and score bins, judged together.
struct MulticalibrationFamily {
  private static let block = 111
  /// How many regions are recorded.
  private static let most = 20

  private let plan: Plan
  private let model: Int
  private let order: ScoreOrder?
  private let edges: BinEdges?
  private let parallel: Parallel

  init(_ estimation: Estimation, model: Int) {
    plan = estimation.plan
    self.model = model
    order = estimation.orders[model]
    edges = estimation.edges[model]
    parallel = estimation.parallel
  }

  /// Why there is no test of a family.
  struct Absence: Error {
    var status: Status
    var reason: String
  }

  /// Residuals of cells and bins.
  func tally() -> Result<Multicalibration, Absence> {
    func absent(_ status: Status, _ reason: String) -> Result<Multicalibration, Absence> {
      .failure(Absence(status: status, reason: reason))
    }
    if plan.configuration.suppressBelow != nil {
      return absent(.suppressed, "withheld: regions may hold too few people")
    }
    if plan.rows.isClustered {
      return absent(.notMeasured, "labels of a cluster's rows cannot be drawn one by one")
    }
    if plan.configuration.labelDraws == 0 { return absent(.notMeasured, "no labels are drawn") }
    guard let edges, let order else {
      return absent(.notMeasured, "scores are not probabilities")
    }
    var calibration = Multicalibration(
      cellCount: plan.slices.cellCount, groups: plan.slices.cells.map { $0.map(Int.init) },
      edges: edges, minimum: Double(plan.configuration.minimum))
    order.forEachLabelled { score, label, cell, weight, rows in
      calibration.add(score: score, label: label, cell: cell, weight: weight, rows: rows)
    }
    return .success(calibration)
  }

  func record(_ tally: Result<Multicalibration, Absence>) -> MulticalibrationRecord {
    let level = plan.configuration.confidence
    func absent(_ status: Status, _ reason: String) -> MulticalibrationRecord {
      MulticalibrationRecord(
        model: plan.models[model].name, status: status, reason: reason, level: level)
    }
    switch tally {
    case .failure(let absence): return absent(absence.status, absence.reason)
    case .success(let calibration):
      do throws(Undefined) {
        let test = try MulticalibrationTest(
          calibration, maxima: maxima(calibration), confidence: level)
        return record(test, calibration)
      } catch {
        return absent(.undefined, error.reason)
      }
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

  private func record(_ test: MulticalibrationTest, _ calibration: Multicalibration)
    -> MulticalibrationRecord
  {
    let members = test.regions.indices.filter { test.regions[$0].z != nil }
    var result = MulticalibrationRecord(
      model: plan.models[model].name, status: .ok, critical: rounded(test.criticalValue),
      level: plan.configuration.confidence, size: members.count,
      excluded: test.regions.count - members.count)
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

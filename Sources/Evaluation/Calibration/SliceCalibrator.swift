// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics

/// What one slice's labels say of one model's scores.
///
/// Closed forms at once; what needs labels drawn from the scores is left to blocks of replicates, which
/// run in parallel.
struct SliceCalibrator: Sendable {
  /// As many as one product of matrices takes.
  private static let block = 32
  /// (block, replicates of the errors, replicates of the curve).
  typealias Block = (errors: [[Double]], curves: [[Double]])

  let slice: Int
  let sample: CalibrationSample
  private let statistics: [any CalibrationStatistic]
  private let replicates: Int
  /// By error: why there is none.
  private var undefined: [String?] = []
  private var resampling: ConsistencyResampling?
  private var curves: ReliabilityResampling?
  /// By error: its place among the resampled ones.
  private var places: [Int?] = []

  /// - Parameters:
  ///   - edges: of the bins that all slices share.
  ///   - replicates: how many label vectors are drawn.
  ///   - isResampled: whether errors are compared with those of drawn labels.
  ///   - drawsCurve: whether the recalibration curve has a band.
  init(
    slice: Int, sample: CalibrationSample, edges: BinEdges, replicates: Int, seed: UInt64,
    family: UInt32, isResampled: Bool, drawsCurve: Bool
  ) {
    self.slice = slice
    self.sample = sample
    statistics = ReportedErrors.all(edges: edges)
    self.replicates = replicates
    guard isResampled, sample.rowCount > 0 else { return }
    let labels = CalibratedLabels(
      sample, seed: seed, family: family, limits: ReportedErrors.limits(edges: edges))
    var prepared: [any PreparedCalibrationStatistic] = []
    for statistic in statistics {
      do throws(Undefined) {
        try prepared.append(statistic.prepare(labels.sample))
        places.append(prepared.count - 1)
        undefined.append(nil)
      } catch {
        places.append(nil)
        undefined.append(error.reason)
      }
    }
    resampling = ConsistencyResampling(labels, prepared)
    if drawsCurve { curves = ReliabilityResampling(labels) }
  }

  /// How many blocks of replicates there are to run.
  var blocks: Int { resampling == nil ? 0 : (replicates + Self.block - 1) / Self.block }

  func run(block: Int) -> Block {
    let range = block * Self.block..<min(replicates, (block + 1) * Self.block)
    guard let resampling else { return ([], []) }
    let drawn = resampling.labels.draw(range)
    return (resampling.replicates(drawn), curves?.replicates(drawn) ?? [])
  }

  /// Every error with what perfect calibration would show, from all blocks in order.
  func distances(_ blocks: [Block]) -> [CalibrationDistance] {
    guard let resampling else { return [] }
    let references = resampling.references(blocks.flatMap(\.errors))
    return statistics.enumerated().map { index, error in
      guard let place = places[index] else {
        return CalibrationDistance(
          id: error.id, value: nil, reason: undefined[index], nullReference: nil)
      }
      let found = references[place]
      return CalibrationDistance(
        id: error.id, value: found.observed,
        reason: resampling.labels.isMerged
          ? "neighbouring scores are merged into \(resampling.labels.sample.count)" : nil,
        nullReference: NullReference(
          hypothesis: "perfectly calibrated", expected: rounded(found.expected),
          upper95: rounded(found.upper95), pValue: rounded(found.pValue)))
    }
  }

  /// Errors without a reference, where labels cannot be drawn.
  func distances(without reason: String) -> [CalibrationDistance] {
    statistics.map { statistic in
      do throws(Undefined) {
        return CalibrationDistance(
          id: statistic.id, value: try statistic.value(sample), reason: reason, nullReference: nil)
      } catch {
        return CalibrationDistance(
          id: statistic.id, value: nil, reason: error.reason, nullReference: nil)
      }
    }
  }

  func diagram(_ blocks: [Block], level: Double) -> ReliabilityDiagram? {
    guard let curve = try? ReliabilityCurve(sample) else { return nil }
    let band = curves.map { $0.band(blocks.flatMap(\.curves), level: level) }
    return ReliabilityDiagram(
      steps: curve.steps.map {
        ReliabilityStep(low: $0.low, high: $0.high, rate: $0.rate, n: $0.rows)
      },
      band: (band?.points ?? []).map {
        ReliabilityBandPoint(score: $0.score, low: rounded($0.low), high: rounded($0.high))
      }, level: level)
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandCalibration
import EvenhandMetrics

/// What one slice's errors and recalibration curve would be if one model's scores were right: labels are
/// drawn from the scores, in blocks of replicates that run in parallel.
struct CalibrationDraws: Sendable {
  /// As many as one product of matrices takes.
  private static let size = 32
  /// Replicates of the errors and of the curve.
  typealias Block = (errors: [[Double]], curves: [[Double]])

  private let statistics: [any CalibrationStatistic]
  private let replicates: Int
  private let level: Double
  /// By error: why there is none.
  private var undefined: [String?] = []
  /// By error: its place among the resampled ones.
  private var places: [Int?] = []
  private let resampling: ConsistencyResampling
  private let curves: ReliabilityResampling?

  /// - Parameters:
  ///   - sample: of at least one row.
  ///   - edges: of the bins that all slices share.
  ///   - family: of the random numbers.
  init(
    _ sample: CalibrationSample, edges: BinEdges, family: UInt32, _ configuration: Configuration
  ) {
    statistics = ReportedErrors.all(edges: edges)
    replicates = configuration.labelDraws
    level = configuration.confidence
    let labels = CalibratedLabels(
      sample, seed: configuration.seed, family: family,
      limits: ReportedErrors.limits(edges: edges))
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
    // The band's limits are the outermost draws at least.
    let hasBand =
      configuration.suppressBelow == nil && Double(replicates + 1) * (1 - level) / 2 >= 1
    curves = hasBand ? ReliabilityResampling(labels) : nil
  }

  /// How many blocks of replicates there are to run.
  var blocks: Int { (replicates + Self.size - 1) / Self.size }

  func run(block: Int) -> Block {
    let range = block * Self.size..<min(replicates, (block + 1) * Self.size)
    let drawn = resampling.labels.draw(range)
    return (resampling.replicates(drawn), curves?.replicates(drawn) ?? [])
  }

  /// Every error with what perfect calibration would show, from all blocks in order.
  func errors(_ blocks: [Block]) -> [CalibrationDistance] {
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

  /// Where the curve would lie.
  func band(_ blocks: [Block]) -> [ReliabilityBandPoint] {
    guard let curves else { return [] }
    return curves.band(blocks.flatMap(\.curves), level: level).points.map {
      ReliabilityBandPoint(score: $0.score, low: rounded($0.low), high: rounded($0.high))
    }
  }
}

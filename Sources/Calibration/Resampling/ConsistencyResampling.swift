// SPDX-License-Identifier: Apache-2.0

/// What calibration statistics would be if every score were right: labels are drawn from the
/// scores, all statistics are computed for each draw and compared with the observed ones.
///
/// Replicates can be computed in blocks, on any threads and in any order; `references` puts them
/// together.
///
/// ```swift
/// let labels = CalibratedLabels(sample, seed: 1, family: 7)
/// let prepared = try statistics.map { try $0.prepare(labels.sample) }
/// let resampling = ConsistencyResampling(labels, prepared)
/// let references = resampling.references(resampling.replicates(0..<999))
/// ```
///
/// Source: Bröcker & Smith 2007, doi:10.1175/WAF993.1.
public struct ConsistencyResampling: Sendable {
  /// How many label vectors are drawn unless said otherwise.
  public static let defaultReplicates = 999

  public let labels: CalibratedLabels
  /// Each statistic of the observed labels, on the sample that draws are made for.
  public let observed: [Double]
  private let statistics: [any PreparedCalibrationStatistic]

  /// - Parameter statistics: prepared on `labels.sample`.
  public init(_ labels: CalibratedLabels, _ statistics: [any PreparedCalibrationStatistic]) {
    self.labels = labels
    self.statistics = statistics
    let vector = LabelVectors(positives: labels.sample.positiveMasses)
    observed = statistics.map { $0.values(vector)[0] }
  }

  /// One row a replicate, one column a statistic; all statistics of a row are of the same labels.
  public func replicates(_ range: Range<Int>) -> [[Double]] {
    replicates(labels.draw(range))
  }

  /// The same for labels that are drawn already.
  public func replicates(_ drawn: LabelVectors) -> [[Double]] {
    let columns = statistics.map { $0.values(drawn) }
    return (0..<drawn.count).map { vector in columns.map { $0[vector] } }
  }

  /// The reference of every statistic from all replicates: the concatenated blocks.
  public func references(_ replicates: [[Double]]) -> [ConsistencyReference] {
    observed.indices.map { index in
      ConsistencyReference(observed: observed[index], replicates: replicates.map { $0[index] })
    }
  }
}

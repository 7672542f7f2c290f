// SPDX-License-Identifier: Apache-2.0

/// The mean or the largest distance between score and rate over bins. A value costs a pass over the
/// positives.
public struct PreparedBinnedCalibration: PreparedCalibrationStatistic {
  public let bins: ScoreBins
  let takesMaximum: Bool

  public func values(_ labels: LabelVectors) -> [Double] {
    (0..<labels.count).map { vector in
      let sums = bins.sums(labels, vector)
      var (mean, largest) = (0.0, 0.0)
      for bin in sums.indices {
        let distance = abs(bins.scoreSums[bin] - sums[bin])
        mean += distance
        largest = max(largest, distance / bins.masses[bin])
      }
      return takesMaximum ? largest : mean / bins.total
    }
  }
}

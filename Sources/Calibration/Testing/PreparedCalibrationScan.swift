// SPDX-License-Identifier: Apache-2.0

/// The calibration scan over one sample's scores, for any labels.
public struct PreparedCalibrationScan: PreparedCalibrationStatistic {
  /// Sums over one bin, or over several: merging bins adds them.
  private struct Bin {
    var residual = 0.0
    var squares = 0.0
  }

  private let sample: CalibrationSample
  private let promised: [Double]
  /// Entries of the finest bins: bin b is `starts[b]..<starts[b + 1]`.
  private let starts: [Int]
  /// By scale, 1 bin first: what each bin weighs.
  private let masses: [[Double]]
  /// By scale: the null standard deviation of W·T.
  let deviations: [Double]

  /// The numbers of bins, 1, 2, 4, …; some may be empty where scores are tied.
  public var binCounts: [Int] { masses.map(\.count) }

  init(_ sample: CalibrationSample, smallestBin: Double) {
    self.sample = sample
    let entryMasses = sample.masses
    promised = zip(entryMasses, sample.scores).map { $0 * $1 }
    var finest = 1
    while Double(2 * finest) * smallestBin <= sample.rowCount { finest *= 2 }
    let starts = Self.cuts(sample, entryMasses, finest)
    self.starts = starts

    var mass = (0..<finest).map { entryMasses[starts[$0]..<starts[$0 + 1]].reduce(0, +) }
    // Σ w²v and Σ (w²v)² over rows.
    var variance = (0..<finest).map { bin in
      (starts[bin]..<starts[bin + 1]).reduce(into: Bin()) { sums, entry in
        let (score, weight) = (sample.scores[entry], sample.weights[entry])
        let row = weight * weight * score * (1 - score)
        sums.residual += sample.rows[entry] * row
        sums.squares += sample.rows[entry] * row * row
      }
    }
    var (masses, deviations) = ([[Double]](), [Double]())
    while true {
      masses.append(mass)
      // Rounding may leave a difference of squares a little below 0 where a bin has one row.
      deviations.append((2 * Self.total(variance, mass, power: 2)).squareRoot())
      guard mass.count > 1 else { break }
      variance = Self.halved(variance)
      mass = (0..<(mass.count / 2)).map { mass[2 * $0] + mass[2 * $0 + 1] }
    }
    self.masses = masses.reversed()
    self.deviations = deviations.reversed()
  }

  /// The largest standardised statistic of all scales.
  public func value(positives: [Double]) -> Double {
    standardized(positives: positives).reduce(-.infinity, max)
  }

  /// The standardised statistic at each number of bins; −∞ at one without variance.
  public func standardized(positives: [Double]) -> [Double] {
    precondition(positives.count == promised.count, "one value an entry is needed")
    var bins = (0..<(starts.count - 1)).map { sums(positives, starts[$0], starts[$0 + 1]) }
    var result = Array(repeating: -Double.infinity, count: masses.count)
    for scale in masses.indices.reversed() {
      if deviations[scale] > 0 {
        result[scale] = Self.total(bins, masses[scale], power: 1) / deviations[scale]
      }
      if scale > 0 { bins = Self.halved(bins) }
    }
    return result
  }

  /// Σ wr and Σ (wr)² over the rows of some entries.
  private func sums(_ positives: [Double], _ start: Int, _ end: Int) -> Bin {
    var bin = Bin()
    for entry in start..<end {
      let score = sample.scores[entry]
      bin.residual += positives[entry] - promised[entry]
      bin.squares +=
        sample.weights[entry] * (positives[entry] * (1 - 2 * score) + promised[entry] * score)
    }
    return bin
  }

  /// Σ over bins of [(Σ)² − Σ of squares] / mass^power.
  private static func total(_ bins: [Bin], _ masses: [Double], power: Int) -> Double {
    var sum = 0.0
    for (bin, mass) in zip(bins, masses) where mass > 0 {
      let excess = bin.residual * bin.residual - bin.squares
      sum += power == 2 ? max(0, excess) / (mass * mass) : excess / mass
    }
    return sum
  }

  private static func halved(_ bins: [Bin]) -> [Bin] {
    (0..<(bins.count / 2)).map {
      Bin(
        residual: bins[2 * $0].residual + bins[2 * $0 + 1].residual,
        squares: bins[2 * $0].squares + bins[2 * $0 + 1].squares)
    }
  }

  /// Where bins of equal mass begin; a score belongs to one bin only, as in `BinEdges`.
  private static func cuts(_ sample: CalibrationSample, _ masses: [Double], _ bins: Int) -> [Int] {
    let total = masses.reduce(0, +)
    var (starts, cumulated) = ([0], 0.0)
    for entry in masses.indices {
      cumulated += masses[entry]
      let next = entry + 1
      if next < masses.count && sample.scores[next] == sample.scores[entry] { continue }
      // Compared as products, which are exact for whole numbers of rows.
      while starts.count < bins && cumulated * Double(bins) >= Double(starts.count) * total {
        starts.append(next)
      }
    }
    while starts.count <= bins { starts.append(masses.count) }
    return starts
  }
}

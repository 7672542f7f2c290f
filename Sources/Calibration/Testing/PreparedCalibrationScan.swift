// SPDX-License-Identifier: Apache-2.0

/// The calibration scan over one sample's scores, for any labels.
public struct PreparedCalibrationScan: PreparedCalibrationStatistic {
  /// Sums over one bin, or over several: merging bins adds them.
  private struct Bin {
    var residual = 0.0
    var squares = 0.0
  }

  /// What a positive of an entry meets.
  private struct Factor {
    /// Its place among the finest bins.
    var bin: Int
    /// What a weight of 1 adds to Σ w²r²: w (1 − 2f).
    var square: Double
  }

  private let factors: [Factor]
  /// The finest bins without positives.
  private let promised: [Bin]
  /// By scale, 1 bin first: what each bin weighs.
  private let masses: [[Double]]
  /// By scale: the null standard deviation of W·T.
  let deviations: [Double]

  /// The numbers of bins, 1, 2, 4, …; some may be empty where scores are tied.
  public var binCounts: [Int] { masses.map(\.count) }

  init(_ sample: CalibrationSample, smallestBin: Double) {
    let entryMasses = sample.masses
    var finest = 1
    // More bins than entries would be empty.
    while Double(2 * finest) * smallestBin <= sample.rowCount && finest < sample.count {
      finest *= 2
    }
    let starts = Self.cuts(sample, entryMasses, finest)
    var (factors, promised) = ([Factor](), Array(repeating: Bin(), count: finest))
    for bin in 0..<finest {
      for entry in starts[bin]..<starts[bin + 1] {
        let (score, weight) = (sample.scores[entry], sample.weights[entry])
        factors.append(Factor(bin: bin, square: weight * (1 - 2 * score)))
        promised[bin].residual -= entryMasses[entry] * score
        promised[bin].squares += weight * entryMasses[entry] * score * score
      }
    }
    (self.factors, self.promised) = (factors, promised)

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
  public func values(_ labels: LabelVectors) -> [Double] {
    (0..<labels.count).map { standardized(labels, $0).reduce(-.infinity, max) }
  }

  /// The standardised statistic at each number of bins; −∞ at one without variance.
  public func standardized(positives: [Double]) -> [Double] {
    standardized(LabelVectors(positives: positives), 0)
  }

  private func standardized(_ labels: LabelVectors, _ vector: Int) -> [Double] {
    var bins = sums(labels, vector)
    var result = Array(repeating: -Double.infinity, count: masses.count)
    for scale in masses.indices.reversed() {
      if deviations[scale] > 0 {
        result[scale] = Self.total(bins, masses[scale], power: 1) / deviations[scale]
      }
      if scale > 0 { bins = Self.halved(bins) }
    }
    return result
  }

  /// Σ wr and Σ (wr)² over the rows of the finest bins.
  private func sums(_ labels: LabelVectors, _ vector: Int) -> [Bin] {
    var result = promised
    var bins = result.mutableSpan
    let (entries, masses, factors) = (labels.entries.span, labels.masses.span, factors.span)
    for place in labels.places(vector) {
      let (mass, factor) = (masses[place], factors[Int(entries[place])])
      bins[factor.bin].residual += mass
      bins[factor.bin].squares += mass * factor.square
    }
    return result
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

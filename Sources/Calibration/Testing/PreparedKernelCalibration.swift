// SPDX-License-Identifier: Apache-2.0
import RealModule

/// The squared kernel calibration error of one sample's scores, for any labels.
///
/// With P the positives' weights and E what scores promise, (P − E)ᵀK(P − E) = PᵀKP − 2 PᵀKE + EᵀKE:
/// KE and EᵀKE depend on scores alone, and PᵀKP takes one pass over the positives, as
/// exp(−(f − g)/γ) = exp(−f/γ) exp(g/γ).
public struct PreparedKernelCalibration: PreparedCalibrationStatistic {
  /// In units of γ: factors are exponentials of numbers up to this.
  private static let reach = 500.0

  /// What a positive of an entry meets: exp(−f/γ) and exp(f/γ) counted from where the entry's stretch of
  /// scores begins, and what it adds to the sum by itself.
  private struct Factors {
    var fall = 0.0
    var rise = 0.0
    var own = 0.0
  }

  private var factors: [Factors] = []
  /// The first entry of each stretch, and by how much sums have fallen when it begins.
  private var stretches: [(entry: Int, fall: Double)] = []
  /// The sum without positives.
  private var constant = 0.0
  /// Σ wᵢwⱼ over the pairs that are summed.
  private let pairs: Double

  init(_ sample: CalibrationSample, _ error: KernelCalibrationError) {
    let (masses, weights) = (sample.masses, sample.weights)
    let (mass, isUnbiased) = (masses.reduce(0, +), error.estimator == .unbiased)
    let squares = zip(masses, weights).reduce(0) { $0 + $1.0 * $1.1 }
    pairs = mass * mass - (isUnbiased ? squares : 0)
    let promised = zip(masses, sample.scores).map { $0 * $1 }
    let smoothed = Self.smoothed(promised, sample.scores, error.scale)
    var from = 0.0
    for (entry, score) in sample.scores.enumerated() {
      let position = score / error.scale
      if entry == 0 || position - from > Self.reach {
        stretches.append((entry, Double.exp(from - position)))
        from = position
      }
      // Σ w²r² over the rows of the entry: w² (1 − f)² each positive and w² f² each negative.
      let weight = isUnbiased ? weights[entry] : 0
      constant += promised[entry] * (smoothed[entry] - weight * score)
      factors.append(
        Factors(
          fall: Double.exp(from - position), rise: Double.exp(position - from),
          own: -2 * smoothed[entry] - weight * (1 - 2 * score)))
    }
  }

  public func values(_ labels: LabelVectors) -> [Double] {
    let (entries, masses) = (labels.entries.span, labels.masses.span)
    let factors = self.factors.span
    return (0..<labels.count).map { vector in
      var places = labels.places(vector)
      var (sum, before) = (constant, 0.0)
      for (index, stretch) in stretches.enumerated() {
        let end =
          index + 1 < stretches.count
          ? labels.place(of: stretches[index + 1].entry, in: places) : places.upperBound
        before *= stretch.fall
        for place in places.lowerBound..<end {
          let (mass, factor) = (masses[place], factors[Int(entries[place])])
          sum += mass * (2 * factor.fall * before + mass + factor.own)
          before += mass * factor.rise
        }
        places = end..<places.upperBound
      }
      return sum / pairs
    }
  }

  /// KE: of each entry, Σ values × exp(−|f − g|/γ) over all entries.
  private static func smoothed(
    _ values: [Double], _ scores: [Double], _ scale: Double
  ) -> [Double] {
    var (result, sum) = (values, 0.0)
    for entry in scores.indices {
      if entry > 0 { sum *= Double.exp((scores[entry - 1] - scores[entry]) / scale) }
      result[entry] += sum
      sum += values[entry]
    }
    sum = 0
    for entry in scores.indices.reversed() {
      if entry + 1 < scores.count {
        sum *= Double.exp((scores[entry] - scores[entry + 1]) / scale)
      }
      result[entry] += sum
      sum += values[entry]
    }
    return result
  }
}

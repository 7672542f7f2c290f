// SPDX-License-Identifier: Apache-2.0
import EvenhandInference

/// Interval and standard error of θ = Σ_b a_b (f̄_b − p_b)² from the rates ȳ_b of bins, p_b their
/// probabilities.
///
/// The interval inverts tests. Q = Σ a_b (f̄_b − ȳ_b)² is compared with its distribution at points
/// on a ray of probabilities that starts at the scores, p_b(s) = f̄_b − s·d_b: at s = 0 the scores
/// are right. The three first cumulants of Q are those of binomial bins; its distribution is the
/// gamma one with these cumulants (reflected where the skewness is negative). The low limit is the
/// θ at which a Q as large has probability α/2, or 0 if that is likelier at s = 0; the high limit
/// that at which a Q as small has, the highest over three rays:
///
/// * to the rates: d = f̄ − ȳ;
/// * to rates that chance could have kept from view: d = f̄ − (k + 1)/(n_b + 2);
/// * in proportion to the scores, up or down as the rates are on the whole: d = ±f̄.
///
/// On the first two, probabilities for the cumulants move to (k + 1)/(n_b + 2), so that a bin
/// without a positive has a variance.
///
/// For the high limit Q is taken as no less than its mean at s = 0: data that agree better with the
/// scores than chance allows say no more than typical ones (the idea of power-constrained limits:
/// Cowan, Cranmer, Gross & Vitells 2011, arXiv 1105.3166). Hence no interval has zero width.
///
/// Measured coverage of 95 % intervals with ten bins, 2,000 data sets each: .941 … 1 for scores
/// that are right, pulled in a little (.8f + .05) or a lot (.5f + .25) or squared, spread evenly,
/// skewed (mean 1/7) or rare (mean 1/31), n = 50 … 10,000; .945 … 1 for differences. The value plus
/// or minus 1.96 standard errors covered .92 … 1.
///
/// Source of the gamma approximation: Pearson 1959, doi:10.1093/biomet/46.3-4.364.
struct SquaredErrorInference: Sendable {
  private let bins: [Bin]
  /// Σ a_b (f̄_b − ȳ_b)².
  private let observed: Double

  private struct Bin {
    var share: Double
    var rows: Double
    var score: Double
    var rate: Double
    /// (k + 1)/(n + 2).
    let smoothed: Double

    init(share: Double, rows: Double, score: Double, rate: Double) {
      (self.share, self.rows, self.score, self.rate) = (share, rows, score, rate)
      smoothed = (rate * rows + 1) / (rows + 2)
    }
  }

  private enum Ray: CaseIterable {
    case rates, smoothed, proportional
  }

  init(_ sums: [BinSums], total: Double) {
    bins = sums.map {
      Bin(share: $0.mass / total, rows: $0.effectiveRows, score: $0.meanScore, rate: $0.rate)
    }
    observed = bins.reduce(0) {
      $0 + $1.share * ($1.score - $1.rate) * ($1.score - $1.rate)
    }
  }

  /// √Σ a² (4 δ̂² v + 2 v²), v = p̃(1 − p̃)/n at the smoothed rate and δ̂² = max(0, (f̄ − ȳ)² − v).
  var standardError: Double {
    bins.reduce(0) { sum, bin in
      let variance = bin.smoothed * (1 - bin.smoothed) / bin.rows
      let gap = bin.score - bin.rate
      let squared = max(0, gap * gap - variance)
      return sum + bin.share * bin.share * variance * (4 * squared + 2 * variance)
    }.squareRoot()
  }

  /// The θ below and above which data as observed have a probability under `tail`.
  func limits(tail: Double) -> Interval {
    let low = lowLimit(tail)
    let high = Ray.allCases.reduce(low) { max($0, highLimit($1, tail)) }
    return Interval(low: low, high: high)
  }

  private func lowLimit(_ tail: Double) -> Double {
    func excess(_ s: Double) -> Double { 1 - at(.rates, s).cumulative(observed) - tail }
    if excess(0) >= 0 { return 0 }
    let found = Root.ofIncreasing(between: 0, and: 1, tolerance: Self.tolerance, excess)
    return at(.rates, found).theta
  }

  private func highLimit(_ ray: Ray, _ tail: Double) -> Double {
    let q = max(observed, at(ray, 0).mean)
    func excess(_ s: Double) -> Double { tail - at(ray, s).cumulative(q) }
    var far = 1.0
    while excess(far) <= 0 && far < 0x1p20 { far *= 2 }
    let found = Root.ofIncreasing(
      between: far > 1 ? far / 2 : 0, and: far, tolerance: Self.tolerance * far, excess)
    return at(ray, found).theta
  }

  /// How near limits are found, as a part of the ray up to them.
  private static let tolerance = 0x1p-36

  /// θ, and the cumulants of Q, at a point of a ray.
  private func at(_ ray: Ray, _ s: Double) -> QuadraticForm {
    var form = QuadraticForm()
    let sign = bins.reduce(0) { $0 + $1.share * ($1.score - $1.rate) } < 0 ? -1.0 : 1
    for bin in bins {
      let toSmoothed = bin.score - bin.smoothed
      let (step, centre) =
        switch ray {
        case .rates: (bin.score - bin.rate, toSmoothed)
        case .smoothed: (toSmoothed, toSmoothed)
        case .proportional: (sign * bin.score, sign * bin.score)
        }
      let gap = bin.score - min(1, max(0, bin.score - s * step))
      form.add(
        share: bin.share, rows: bin.rows, gap: gap,
        probability: min(1, max(0, bin.score - s * centre)))
    }
    return form
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The variance of a metric between groups, freed of the noise that finite groups add to it.
///
/// With K estimates p_k of the groups' true values π_k, sampling noise of variance σ_k² makes
/// them differ even where all π_k are equal: E[S²] = V + mean(σ²), V the variance of the π_k, with
/// K − 1. For proportions s_k² = p_k (1 − p_k) / n_k estimates σ_k² = π_k (1 − π_k) / n_k.
///
/// Source: Lum, Zhang & Bower 2022, "De-biasing 'bias' measurement",
/// doi:10.1145/3531146.3533105, arXiv 2205.05770.
public enum BetweenGroupVariance {
  /// The plain variance of the groups' values, S² = Σ (p_k − p̄)² / (K − 1); nil for fewer than two
  /// groups.
  public static func observed(_ values: [Double]) -> Double? {
    guard values.count >= 2 else { return nil }
    let mean = Self.mean(values)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return squares / Double(values.count - 1)
  }

  /// The estimate of V, S² − mean(s²): negative where the groups differ less than noise would make
  /// them, not truncated; nil for fewer than two groups.
  public static func corrected(_ values: [Double], variances: [Double]) -> Double? {
    precondition(values.count == variances.count)
    return observed(values).map { $0 - mean(variances) }
  }

  /// The estimate of V from a bootstrap replicate, S*² − 2 mean(s*²) + mean(s*²/n), where the noise
  /// has entered twice: once with the sample, once more with the resample. Not truncated; nil for
  /// fewer than two groups.
  ///
  /// Derivation: given the sample, p*_k is Binomial(n_k, p_k)/n_k, hence E*[S*²] = S² + mean(s²).
  /// Over samples E[S²] = V + mean(σ²) and E[s_k²] = σ_k² (1 − 1/n_k), together
  /// E[S*²] = V + mean(σ² (2 − 1/n)); s* standing in for σ gives the formula. What is left,
  /// because E[s*_k²] = σ_k² (1 − 1/n_k)², is mean(σ² (2 − 1/n)² / n) < 4 mean(σ²/n) and makes V a
  /// little too large; it matters when groups are smaller than about 20.
  ///
  /// - Parameters:
  ///   - values: p*_k of the replicate; the derivation has sizes fixed, replicates of whole tables have
  ///     their own.
  ///   - variances: s*_k² = p*_k (1 − p*_k) / n_k of the same replicate.
  ///   - sizes: n_k.
  public static func doubleCorrected(
    _ values: [Double], variances: [Double], sizes: [Double]
  ) -> Double? {
    precondition(values.count == variances.count && values.count == sizes.count)
    precondition(sizes.allSatisfy { $0 > 0 })
    let again = zip(variances, sizes).map { $0 * (2 - 1 / $1) }
    return observed(values).map { $0 - mean(again) }
  }

  /// The percentile interval of the double-corrected replicates, each truncated at 0; nil for fewer
  /// than two replicates.
  ///
  /// A lower limit of 0 says that the groups may all be equal. Both limits are 0 when hardly any
  /// replicate shows more variance than noise does: not a certainty, but nothing was found.
  public static func interval(doubleCorrected replicates: [Double], confidence: Double)
    -> BootstrapInterval?
  {
    precondition(confidence > 0 && confidence < 1)
    var truncated = replicates.filter { !$0.isNaN }.map { max(0, $0) }
    guard truncated.count >= 2 else { return nil }
    let low = ReplicateQuantile(lowerTail: (1 - confidence) / 2, of: &truncated)
    let high = ReplicateQuantile(upperTail: (1 - confidence) / 2, of: &truncated)
    return BootstrapInterval(
      interval: Interval(low: low.value, high: high.value),
      monteCarloError: (low.error(), high.error()))
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}

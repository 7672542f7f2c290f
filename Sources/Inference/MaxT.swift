// SPDX-License-Identifier: Apache-2.0

/// Simultaneous inference for a family from the replicates' largest |t*|.
///
/// Every member's interval T ± c·se with the same c holds jointly, and adjusted p-values control
/// the family-wise error, whatever the dependence between the members.
///
/// Source: Westfall & Young 1993; Hothorn, Bretz & Westfall 2008, doi:10.1002/bimj.200810425.
public struct MaxT: Sendable {
  private let maxima: [Double]

  /// - Parameter maxima: per replicate the largest |t*| of the family, in any order; no NaN.
  public init(maxima: [Double]) {
    precondition(maxima.allSatisfy { !$0.isNaN })
    self.maxima = maxima
  }

  /// The ⌈(B+1)·confidence⌉-th smallest maximum; +∞ when B is too small for that rank to exist.
  ///
  /// The estimate's own maximum is one of B + 1 exchangeable ones: with this rank the coverage is
  /// at least nominal for every B.
  public func criticalValue(confidence: Double) -> Double {
    precondition(confidence > 0 && confidence < 1)
    let rank = Self.rank(confidence, maxima.count)
    return rank <= maxima.count ? Selection.smallest(rank, of: maxima) : .infinity
  }

  /// The Monte-Carlo standard error of the critical value: half the distance between the order
  /// statistics √(B · confidence · (1 − confidence)) ranks below and above, as explained at
  /// `BootstrapInterval.monteCarloError`; +∞ where the critical value is.
  public func criticalValueError(confidence: Double) -> Double {
    precondition(confidence > 0 && confidence < 1)
    guard maxima.count >= 2 else { return .infinity }
    var ordered = maxima
    // ⌈(B+1)·confidence⌉ from below is ⌊(B+1)(1−confidence)⌋ from above, of B + 1.
    return ReplicateQuantile(upperTail: 1 - confidence, of: &ordered).error()
  }

  /// The tolerance keeps (B+1)·confidence that should be whole from being rounded up.
  private static func rank(_ confidence: Double, _ count: Int) -> Int {
    max(1, Int((Double(count + 1) * confidence - 1e-9).rounded(.up)))
  }

  /// The adjusted p-value of one member, (1 + #{maxima ≥ |t|}) / (B + 1): never 0.
  public func pValue(_ t: Double) -> Double {
    precondition(!t.isNaN)
    let reaching = maxima.reduce(0) { $0 + ($1 >= t.magnitude ? 1 : 0) }
    return Double(1 + reaching) / Double(maxima.count + 1)
  }
}

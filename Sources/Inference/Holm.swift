// SPDX-License-Identifier: Apache-2.0

/// Holm's step-down adjustment: the family-wise error rate under any dependence.
///
/// p̃(j) = max over i ≤ j of min(1, (m + 1 − i) p(i)), p(1) ≤ … ≤ p(m). Rejects all that Bonferroni
/// rejects.
///
/// Source: Holm 1979, Scandinavian Journal of Statistics 6:65–70.
public struct Holm: PValueAdjustment {
  public init() {}

  public func adjusted(_ pValues: [Double]) -> [Double] {
    stepDown(pValues) { Double(pValues.count + 1 - $0) }
  }
}

// SPDX-License-Identifier: Apache-2.0

/// The step-up adjustment of Benjamini & Hochberg: the false discovery rate, the expected share
/// of true hypotheses among the rejected ones.
///
/// p̃(j) = min over i ≥ j of min(1, m p(i) / i), p(1) ≤ … ≤ p(m). Valid for independent and for
/// positively dependent statistics, as those of nested slices mostly are.
///
/// Source: Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
public struct BenjaminiHochberg: PValueAdjustment {
  public init() {}

  public func adjusted(_ pValues: [Double]) -> [Double] {
    stepUp(pValues) { Double(pValues.count) / Double($0) }
  }
}

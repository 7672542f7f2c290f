// SPDX-License-Identifier: Apache-2.0

/// The step-up adjustment of Benjamini & Yekutieli: the false discovery rate under any dependence.
///
/// That of Benjamini & Hochberg times 1 + 1/2 + … + 1/m.
///
/// Source: Benjamini & Yekutieli 2001, doi:10.1214/aos/1013699998.
public struct BenjaminiYekutieli: PValueAdjustment {
  public init() {}

  public func adjusted(_ pValues: [Double]) -> [Double] {
    // The small terms first, so that the sum is exact to the last digits.
    let harmonic = (0..<pValues.count).reversed().reduce(0.0) { $0 + 1 / Double($1 + 1) }
    return stepUp(pValues) { harmonic * Double(pValues.count) / Double($0) }
  }
}

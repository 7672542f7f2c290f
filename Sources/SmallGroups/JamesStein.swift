// SPDX-License-Identifier: Apache-2.0

/// The classical shrinkage of equally precise values towards their mean, by Efron and Morris.
///
/// ȳ + c (y_k − ȳ) with c = max(0, 1 − (K − 3) σ² / Σ (y_k − ȳ)²): no group's size plays a part.
/// With groups of different sizes use `EmpiricalBayes`.
///
/// Source: Efron & Morris 1975, doi:10.1080/01621459.1975.10479864.
public struct JamesStein: Sendable {
  /// ȳ.
  public let target: Double
  /// c, the part of a value's distance to the target that is kept: from 0 to 1.
  public let weight: Double
  /// The shrunk values.
  public let values: [Double]

  /// Undefined (`nil`) for fewer than four values.
  ///
  /// - Parameter variance: σ², of one value; positive. For rates of n rows each ȳ (1 − ȳ) / n.
  public init?(_ values: [Double], variance: Double) {
    precondition(variance > 0)
    guard values.count >= 4 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let kept = spread > 0 ? max(0, 1 - Double(values.count - 3) * variance / spread) : 0
    target = mean
    weight = kept
    self.values = values.map { mean + kept * ($0 - mean) }
  }
}

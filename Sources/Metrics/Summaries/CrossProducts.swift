// SPDX-License-Identifier: Apache-2.0

/// Σ z·zᵀ over the sampling units of a slice, z being what a unit adds to the eight sums of an
/// additive summary.
///
/// With a metric's gradient ∇ at the slice's totals, ∇ᵀ(Σ z·zᵀ)∇ is the metric's linearised variance,
/// because every metric here is unchanged when all totals are scaled (so ∇·totals = 0).
public struct CrossProducts: Sendable, Equatable {
  private var columns: [SIMD8<Double>]

  public init() {
    columns = Array(repeating: SIMD8(), count: 8)
  }

  /// The cross-products of counts of unweighted rows: each row lies in one cell, so only the diagonal
  /// is filled.
  public init(counts: SIMD8<Double>) {
    self.init()
    for cell in 0..<8 { columns[cell][cell] = counts[cell] }
  }

  /// Adds `scale` units that each add `contribution`.
  public mutating func add(_ contribution: SIMD8<Double>, scale: Double = 1) {
    let scaled = contribution * scale
    for index in 0..<8 where contribution[index] != 0 {
      columns[index] += scaled * contribution[index]
    }
  }

  public static func += (left: inout Self, right: Self) {
    for index in 0..<8 { left.columns[index] += right.columns[index] }
  }

  /// left ᵀ (Σ z·zᵀ) right.
  public func form(_ left: SIMD8<Double>, _ right: SIMD8<Double>) -> Double {
    var result = 0.0
    for index in 0..<8 where right[index] != 0 {
      result += (columns[index] * left).sum() * right[index]
    }
    return result
  }
}

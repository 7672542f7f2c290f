// SPDX-License-Identifier: Apache-2.0
import EvenhandLinearAlgebra

/// The Wald statistic of equality over groups.
enum EqualityStatistic {
  /// Σ (θₖ − θ̄)²/vₖ of independent groups, θ̄ weighted by 1/vₖ.
  static func wald(_ values: [Double], _ variances: [Double]) -> Double {
    var (sum, weighted) = (0.0, 0.0)
    for group in values.indices {
      sum += 1 / variances[group]
      weighted += values[group] / variances[group]
    }
    let centre = weighted / sum
    return values.indices.reduce(0) { total, group in
      let distance = values[group] - centre
      return total + distance * distance / variances[group]
    }
  }

  /// (Cθ)ᵀ(C V Cᵀ)⁻¹(Cθ), C being the contrasts with the first group; `nil` if C V Cᵀ is singular.
  static func wald(_ values: [Double], _ covariance: Matrix) -> Double? {
    let rest = values.count - 1
    let distances = values.dropFirst().map { $0 - values[0] }
    var contrasts = Matrix(rows: rest, columns: rest)
    for row in 0..<rest {
      for column in 0..<rest {
        contrasts[row, column] =
          covariance[row + 1, column + 1] - covariance[row + 1, 0] - covariance[0, column + 1]
          + covariance[0, 0]
      }
    }
    guard let factor = Cholesky(contrasts) else { return nil }
    return zip(distances, factor.solve(distances)).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

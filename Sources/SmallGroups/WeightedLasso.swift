// SPDX-License-Identifier: Apache-2.0
import RealModule

/// min over θ of Σ_a w_a (y_a − θ_0 − Σ_j θ_j φ_aj)² + λ Σ_j |θ_j| for indicators φ, by coordinate
/// descent.
///
/// The intercept bears no penalty and is kept at its best value throughout: every step is taken on
/// the indicators centred at their weighted share, without which the descent would creep along the
/// direction in which an intercept and all the levels of an attribute balance each other.
///
/// Source: Friedman, Hastie & Tibshirani 2010, doi:10.18637/jss.v033.i01.
struct WeightedLasso {
  /// A solution, exact to `violation`.
  struct Solution {
    var coefficients: [Double]
    /// y − the fit, so that a next solution can start here.
    var residuals: [Double]
    /// What a sweep still has to add to every residual; 0 between sweeps.
    var shift = 0.0
    /// The largest breach of the optimality conditions over the smallest λ that gives all zeros:
    /// |g_j| ≤ λ for θ_j = 0 and g_j = λ sign θ_j otherwise, g_j = 2 Σ_{a∈j} w_a r_a.
    var violation: Double
  }

  /// At which relative violation the descent stops.
  static let tolerance = 1e-9
  private static let mostSweeps = 20_000

  private let weights: [Double]
  private let columns: [[Int]]
  /// Σ_{a∈j} w_a, and the same over Σ w.
  private let masses: [Double]
  private let shares: [Double]
  /// All coefficients zero: the residuals are those of the weighted mean.
  let null: Solution
  /// The smallest λ at which all coefficients are zero.
  let largestPenalty: Double

  /// - Parameters:
  ///   - weights: nonnegative, one of them positive.
  ///   - columns: by term the cells in which its indicator is 1.
  init(values: [Double], weights: [Double], columns: [[Int]]) {
    precondition(values.count == weights.count && weights.allSatisfy { $0 >= 0 })
    self.weights = weights
    self.columns = columns
    let total = weights.reduce(0, +)
    masses = columns.map { cells in cells.reduce(0) { $0 + weights[$1] } }
    shares = masses.map { $0 / total }
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let residuals = values.map { $0 - mean }
    null = Solution(
      coefficients: Array(repeating: 0, count: columns.count), residuals: residuals, violation: 0)
    let largest = columns.reduce(0) { largest, cells in
      max(largest, 2 * cells.reduce(0) { $0 + weights[$1] * residuals[$1] }.magnitude)
    }
    // Equal values leave residuals of rounding, which are not to be fitted.
    let size = zip(values, weights).reduce(0) { $0 + $1.0.magnitude * $1.1 }
    largestPenalty = largest > 1e-12 * size ? largest : 0
  }

  /// The solution at a penalty, from another one nearby.
  ///
  /// - Complexity: a sweep costs the cells of all terms; up to some hundred sweeps as a rule.
  func solution(penalty: Double, from start: Solution) -> Solution {
    precondition(penalty >= 0)
    var solution = start
    guard largestPenalty > 0 else { return solution }
    for _ in 0..<Self.mostSweeps {
      for term in columns.indices { improve(term, penalty, &solution) }
      recentre(&solution.residuals)
      solution.shift = 0
      solution.violation = violation(penalty, solution)
      if solution.violation <= Self.tolerance { break }
    }
    return solution
  }

  /// Twenty-five penalties from the largest one down to a thousandth of it, eight a decade.
  var penalties: [Double] {
    (0...24).map { largestPenalty * Double.exp(-Double($0) / 8 * Double.log(10)) }
  }

  /// Σ_a w_a r_a².
  func squares(_ solution: Solution) -> Double {
    zip(weights, solution.residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
  }

  /// Half the derivative of the fit's part: Σ_{a∈j} w_a r_a, with residuals of weighted mean zero.
  private func slope(_ term: Int, _ residuals: [Double]) -> Double {
    columns[term].reduce(0) { $0 + weights[$1] * residuals[$1] }
  }

  private func improve(_ term: Int, _ penalty: Double, _ solution: inout Solution) {
    let curvature = masses[term] * (1 - shares[term])
    // An indicator that is 1 in every cell is the intercept; one without rows fits nothing.
    guard masses[term] > 0, shares[term] < 1 - 1e-12 else { return }
    let old = solution.coefficients[term]
    let pull = slope(term, solution.residuals) + masses[term] * solution.shift + curvature * old
    let beyond = max(0, pull.magnitude - penalty / 2) / curvature
    let new = pull < 0 ? -beyond : beyond
    if new == old { return }
    solution.coefficients[term] = new
    let step = new - old
    for cell in columns[term] { solution.residuals[cell] -= step }
    solution.shift += step * shares[term]
  }

  /// Takes away what rounding has added to the residuals' mean.
  private func recentre(_ residuals: inout [Double]) {
    var (sum, total) = (0.0, 0.0)
    for (residual, weight) in zip(residuals, weights) {
      sum += weight * residual
      total += weight
    }
    for cell in residuals.indices { residuals[cell] -= sum / total }
  }

  private func violation(_ penalty: Double, _ solution: Solution) -> Double {
    var worst = 0.0
    for term in columns.indices {
      let gradient = 2 * slope(term, solution.residuals)
      let coefficient = solution.coefficients[term]
      let breach =
        coefficient == 0
        ? max(0, gradient.magnitude - penalty)
        : (gradient - (coefficient > 0 ? penalty : -penalty)).magnitude
      worst = max(worst, breach)
    }
    return worst / largestPenalty
  }
}

// SPDX-License-Identifier: Apache-2.0
import RealModule

/// min over θ of Σ_a w_a (y_a − θ_0 − Σ_j θ_j φ_aj)² + λ Σ_j |θ_j| for indicators φ, by coordinate
/// descent.
///
/// The intercept bears no penalty and is kept at its best value throughout: every step is taken on
/// the indicators centred at their weighted share, without which the descent would creep along the
/// direction in which an intercept and all the levels of an attribute balance each other. Of the cells
/// only the indicators' inner products are needed: a step moves the slope of every term.
///
/// Source: Friedman, Hastie & Tibshirani 2010, doi:10.18637/jss.v033.i01 (covariance updates).
struct WeightedLasso {
  /// A solution, exact to `violation`.
  struct Solution {
    var coefficients: [Double]
    /// By term Σ_{a∈j} w_a r_a, half the derivative of the squares, so that a next solution can start
    /// here.
    fileprivate var slopes: [Double]
    /// The largest breach of the optimality conditions over the smallest λ that gives all zeros:
    /// |g_j| ≤ λ for θ_j = 0 and g_j = λ sign θ_j otherwise, g_j = 2 Σ_{a∈j} w_a r_a.
    var violation: Double
  }

  /// At which relative violation the descent stops as a rule.
  static let tolerance = 1e-9
  private static let mostSweeps = 20_000

  private let values: [Double]
  private let weights: [Double]
  private let columns: [[Int]]
  /// By pair of terms Σ_a w_a (φ_aj − share of j) (φ_ak − share of k).
  private let products: [Double]
  /// Terms that a coefficient can do something for: an indicator that is 1 in every cell is the
  /// intercept, one without rows fits nothing.
  private let useful: [Int]
  /// All coefficients zero: the residuals are those of the weighted mean.
  let null: Solution
  /// The smallest λ at which all coefficients are zero.
  let largestPenalty: Double

  /// - Parameters:
  ///   - weights: nonnegative, one of them positive.
  ///   - columns: by term the cells in which its indicator is 1.
  init(values: [Double], weights: [Double], columns: [[Int]]) {
    precondition(values.count == weights.count && weights.allSatisfy { $0 >= 0 })
    (self.values, self.weights, self.columns) = (values, weights, columns)
    let total = weights.reduce(0, +)
    let masses = columns.map { cells in cells.reduce(0) { $0 + weights[$1] } }
    let shares = masses.map { $0 / total }
    useful = columns.indices.filter { masses[$0] > 0 && shares[$0] < 1 - 1e-12 }
    products = Self.products(weights, columns, masses, shares)
    let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let slopes = columns.map { $0.reduce(0) { $0 + weights[$1] * (values[$1] - mean) } }
    null = Solution(
      coefficients: Array(repeating: 0, count: columns.count), slopes: slopes, violation: 0)
    let largest = slopes.reduce(0) { max($0, 2 * $1.magnitude) }
    // Equal values leave residuals of rounding, which are not to be fitted.
    let size = zip(values, weights).reduce(0) { $0 + $1.0.magnitude * $1.1 }
    largestPenalty = largest > 1e-12 * size ? largest : 0
  }

  private static func products(
    _ weights: [Double], _ columns: [[Int]], _ masses: [Double], _ shares: [Double]
  ) -> [Double] {
    var terms = Array(repeating: [Int](), count: weights.count)
    for (term, cells) in columns.enumerated() {
      for cell in cells { terms[cell].append(term) }
    }
    let count = columns.count
    var products = (0..<count * count).map { -masses[$0 / count] * shares[$0 % count] }
    for (cell, own) in terms.enumerated() {
      for a in own {
        for b in own { products[a * count + b] += weights[cell] }
      }
    }
    return products
  }

  /// The solution at a penalty, from another one nearby.
  ///
  /// Sweeps over all terms, each followed by sweeps over those with a coefficient until these have
  /// settled.
  ///
  /// - Parameter tolerance: the violation at which it stops.
  /// - Complexity: a step costs as much as there are terms; up to some hundred sweeps as a rule, in
  ///   proportion to the digits asked for.
  func solution(
    penalty: Double, from start: Solution, tolerance: Double = WeightedLasso.tolerance
  ) -> Solution {
    precondition(penalty >= 0)
    var solution = start
    guard largestPenalty > 0 else { return solution }
    var sweeps = 0
    while sweeps < Self.mostSweeps {
      sweep(useful, penalty, &solution)
      sweeps += 1
      let active = useful.filter { solution.coefficients[$0] != 0 }
      while sweeps < Self.mostSweeps,
        violation(penalty, solution, among: active) > tolerance / 2
      {
        sweep(active, penalty, &solution)
        sweeps += 1
      }
      guard violation(penalty, solution, among: useful) <= tolerance / 2 else { continue }
      // Without what rounding has added over the sweeps.
      solution.slopes = slopes(residuals(solution))
      solution.violation = violation(penalty, solution, among: Array(columns.indices))
      if solution.violation <= tolerance { break }
    }
    return solution
  }

  /// Twenty-five penalties from the largest one down to a thousandth of it, eight a decade.
  var penalties: [Double] {
    (0...24).map { largestPenalty * Double.exp(-Double($0) / 8 * Double.log(10)) }
  }

  /// y − the fit, with weighted mean zero.
  func residuals(_ solution: Solution) -> [Double] {
    var residuals = values
    for (term, coefficient) in solution.coefficients.enumerated() where coefficient != 0 {
      for cell in columns[term] { residuals[cell] -= coefficient }
    }
    var (sum, total) = (0.0, 0.0)
    for (residual, weight) in zip(residuals, weights) {
      sum += weight * residual
      total += weight
    }
    return residuals.map { $0 - sum / total }
  }

  /// Σ_a w_a r_a².
  func squares(_ solution: Solution) -> Double {
    zip(weights, residuals(solution)).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
  }

  private func slopes(_ residuals: [Double]) -> [Double] {
    columns.map { $0.reduce(0) { $0 + weights[$1] * residuals[$1] } }
  }

  /// The best coefficient of each of some terms, one after the other.
  private func sweep(_ terms: [Int], _ penalty: Double, _ solution: inout Solution) {
    let (count, products) = (columns.count, products.span)
    // Taken out and put back: a span of a part would hold all of the solution.
    var (coefficients, all) = (solution.coefficients, [Double]())
    swap(&all, &solution.slopes)
    var slopes = all.mutableSpan
    for term in terms {
      let row = term * count
      let curvature = products[row + term]
      let old = coefficients[term]
      let pull = slopes[term] + curvature * old
      let beyond = max(0, pull.magnitude - penalty / 2) / curvature
      let new = pull < 0 ? -beyond : beyond
      if new == old { continue }
      coefficients[term] = new
      let step = new - old
      let line = products.extracting(row..<row + count)
      for other in line.indices { slopes[other] -= step * line[other] }
    }
    (solution.coefficients, solution.slopes) = (coefficients, all)
  }

  private func violation(_ penalty: Double, _ solution: Solution, among terms: [Int]) -> Double {
    var worst = 0.0
    for term in terms {
      let gradient = 2 * solution.slopes[term]
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

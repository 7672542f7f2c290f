// SPDX-License-Identifier: Apache-2.0

/// The cells' means as sums of effects of attribute values and of their combinations, with only
/// those effects that the data support.
///
///     μ_a = θ_0 + θ·φ_a,   min over θ of Σ_a (y_a − μ_a)² / s_a² + λ Σ_j |θ_j|
///
/// with s_a² = s² / n_a, s² the pooled variance of a row, and φ_a the indicators of the slices that
/// hold the cell: its attribute values (depth 1), its pairs of values (depth 2), and deeper ones.
/// Every level has its indicator, none is a reference: neither the order of the levels nor a choice
/// of reference changes the fit. The fit is unique; the coefficients need not be.
///
/// At λ = 0, with indicators down to the cells, the fit is the raw means; from some λ on it is the
/// pooled mean; in between a cell of few rows borrows from the slices that it belongs to.
///
/// For rates λ is chosen by cross-validation over the rows (`init(_:layout:depth:folds:…)`): of
/// twenty-five from the smallest one that gives the pooled mean down to a thousandth of it, the one
/// with the least error of prediction, on folds that a seed determines. For means λ has the least
/// Σ_a (y_a − μ_a)² / s_a² + 5/2 · df(λ), df the dimension of what the terms with θ_j ≠ 0 can fit.
/// With 2 · df that is an unbiased estimate of the error of prediction, because s² is known
/// (Tibshirani & Taylor); 1 + F / (F − 1) instead of 2 is what F folds estimate, each fit having
/// (F − 1)/F of the rows, and 5/2 is F = 3. Nothing is drawn.
///
/// Measured, 10 to 50 cells of 10 to 200 rows, root mean squared errors by cross-validation where the
/// raw rates have .078 to .085: no effects .012 to .030, effects of attribute values .033 to .056,
/// one pair beside them .038 to .064, effects of every cell .056 to .070. The two ways to choose λ
/// differ by less than 5 % as a rule. Where every cell is an effect of its own, or none is,
/// `EmpiricalBayes` is as good.
///
/// There are no intervals. The residual bootstrap lasso with partial ridge covered .43–.85 at .95
/// (10 to 50 cells of 10 to 200 rows; the cells' residuals are too few and too small); with normal
/// draws of variance s_a² it covered .89–.93 and was 7 % narrower than the raw means' intervals.
/// Use those, or `EmpiricalBayes`.
///
/// Source: Herlihy, Truong, Chouldechova & Dudík 2024, arXiv 2401.14893; degrees of
/// freedom: Tibshirani & Taylor 2012, doi:10.1214/12-AOS1003.
public struct StructuredRegression: Sendable {
  /// The slices whose indicators were offered.
  public let terms: [SliceTerm]
  /// λ, per unit of the outcome.
  public let penalty: Double
  /// θ_0.
  public let intercept: Double
  /// θ by term; most are 0.
  public let coefficients: [Double]
  /// μ by cell, in the outcome's units. A rate may leave [0, 1] by a little.
  public let values: [Double]
  /// The dimension of what the terms with θ_j ≠ 0 and the constant can fit.
  public let degreesOfFreedom: Int
  /// The largest breach of the optimality conditions |g_j| ≤ λ, g_j = λ sign θ_j where θ_j ≠ 0,
  /// with g_j = 2 Σ_{a∈j} (y_a − μ_a) / s_a², over the smallest λ at which all θ_j are 0: at most
  /// 1e-9 unless the descent was stopped after 20 000 sweeps.
  public let violation: Double

  /// The fit at the λ of least error of prediction, by cross-validation over the rows.
  ///
  /// - Parameters:
  ///   - counts: the cells, each of at least one row.
  ///   - layout: their attribute values.
  ///   - depth: how many attributes a term combines at most; all of them when not given, without
  ///     which a combination of all attributes cannot be fitted however large the cell.
  ///   - folds: F, at least 2.
  ///   - repetitions: how many times the rows are dealt to folds, at least 1.
  ///   - seed, family: the address of the random numbers that deal.
  /// - Complexity: folds × repetitions times that of `init(_:layout:depth:)`.
  public init(
    _ counts: CellCounts, layout: CellLayout, depth: Int? = nil, folds: Int = 5,
    repetitions: Int = 2, seed: UInt64, family: UInt32
  ) {
    precondition(folds >= 2 && repetitions >= 1)
    let groups = GroupMeans(counts)
    let problem = SliceRegression(groups, layout, depth ?? layout.attributes)
    let penalties = problem.lasso.penalties
    let best = CrossValidation(
      folds: folds, repetitions: repetitions, seed: seed, family: family
    ).best(
      counts, columns: problem.terms.map(\.cells), variance: groups.rowVariance,
      penalties: penalties)
    var solution = problem.lasso.null
    for penalty in penalties[...best] {
      solution = problem.lasso.solution(penalty: penalty, from: solution)
    }
    self.init(problem, solution, penalties[best])
  }

  /// The fit at the λ of least estimated error, Σ_a (y_a − μ_a)² / s_a² + 5/2 · df(λ).
  ///
  /// - Parameters:
  ///   - groups: the cells, rates or means.
  ///   - layout: their attribute values.
  ///   - depth: how many attributes a term combines at most; all of them when not given.
  /// - Complexity: some hundred sweeps a penalty, each over the cells of all terms; 50 cells of
  ///   three attributes take some 20 ms.
  public init(_ groups: GroupMeans, layout: CellLayout, depth: Int? = nil) {
    let problem = SliceRegression(groups, layout, depth ?? layout.attributes)
    var solution = problem.lasso.null
    var best = (penalty: problem.lasso.largestPenalty, solution: solution, risk: Double.infinity)
    for penalty in problem.lasso.penalties {
      solution = problem.lasso.solution(penalty: penalty, from: solution)
      let complexity = Self.cost * Double(problem.degreesOfFreedom(solution))
      let risk = problem.lasso.squares(solution) + complexity
      if risk < best.risk { best = (penalty, solution, risk) }
      // The squares left cannot make good for more terms than this.
      if complexity > best.risk { break }
    }
    self.init(problem, best.solution, best.penalty)
  }

  /// The fit at a given λ.
  public init(_ groups: GroupMeans, layout: CellLayout, depth: Int? = nil, penalty: Double) {
    let problem = SliceRegression(groups, layout, depth ?? layout.attributes)
    self.init(problem, problem.lasso.solution(penalty: penalty, from: problem.lasso.null), penalty)
  }

  /// What a degree of freedom costs, in units of s².
  private static let cost = 2.5

  private init(_ problem: SliceRegression, _ solution: WeightedLasso.Solution, _ penalty: Double) {
    let values = zip(problem.means, problem.lasso.residuals(solution)).map { $0 - $1 }
    // Any cell tells the intercept: its fit without its terms' effects.
    var intercept = values[0]
    for (term, coefficient) in zip(problem.terms, solution.coefficients)
    where term.cells.contains(0) {
      intercept -= coefficient
    }
    terms = problem.terms
    self.penalty = penalty
    self.intercept = intercept
    coefficients = solution.coefficients
    self.values = values
    degreesOfFreedom = problem.degreesOfFreedom(solution)
    violation = solution.violation
  }
}

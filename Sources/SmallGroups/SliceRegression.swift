// SPDX-License-Identifier: Apache-2.0

/// The regression without its penalty.
struct SliceRegression {
  let terms: [SliceTerm]
  let means: [Double]
  let lasso: WeightedLasso
  private let weights: [Double]

  init(_ groups: GroupMeans, _ layout: CellLayout, _ depth: Int) {
    precondition(layout.levels.count == groups.groups.count, "a layout has a line for every cell")
    precondition(depth >= 1 && depth <= layout.attributes)
    terms = (1...depth).flatMap { layout.slices(depth: $0) }
    means = groups.values
    weights = groups.counts.map { $0 / groups.rowVariance }
    lasso = WeightedLasso(values: means, weights: weights, columns: terms.map(\.cells))
  }

  func degreesOfFreedom(_ solution: WeightedLasso.Solution) -> Int {
    let used = zip(terms, solution.coefficients).filter { $0.1 != 0 }
    return WeightedBasis(weights: weights, columns: used.map(\.0.cells)).rank
  }
}

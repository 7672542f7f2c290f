// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import EvenhandSmallGroups
import RealModule
import Testing

/// The lasso over slices.
@Suite struct StructuredRegressionTests {
  static let layout = CellLayout(allCells([2, 3]))
  static let successes = [12, 15, 9, 20, 14, 3]
  static let trials = [40, 60, 25, 80, 30, 15]
  static var groups: GroupMeans { rates(successes, trials) }

  /// Fits of scikit-learn 1.x `Lasso(alpha=λ / 2Σw, tol=1e-14)` with sample weights w = n / s².
  @Test(arguments: [
    (1, 14.65625265715159, [0.279333333, 0.305333333, 0.3, 0.279333333, 0.305333333, 0.3]),
    (
      1, 2.9312505314303183,
      [0.256177943, 0.312333416, 0.292675093, 0.275711029, 0.331866501, 0.312208178]
    ),
    (
      2, 5.05255025812329,
      [0.2869, 0.258733333, 0.33904, 0.25655, 0.4492, 0.234933333]
    ),
    (
      2, 1.010510051624658,
      [0.29738, 0.251746667, 0.355808, 0.25131, 0.463173333, 0.206986667]
    ),
  ])
  func lasso(_ depth: Int, _ penalty: Double, _ expected: [Double]) {
    let fit = StructuredRegression(
      Self.groups, layout: Self.layout, depth: depth, penalty: penalty)
    #expect(distance(fit.values, expected) < 1.1e-9)
  }

  /// λ = 0 down to the cells is the raw rates, a large λ the pooled rate.
  @Test func ends() {
    let groups = Self.groups
    let raw = StructuredRegression(groups, layout: Self.layout, penalty: 0)
    #expect(distance(raw.values, groups.values) < 1e-8)
    #expect(raw.degreesOfFreedom == 6)
    let flat = StructuredRegression(groups, layout: Self.layout, penalty: 1e6)
    #expect(distance(flat.values, Array(repeating: groups.pooledMean, count: 6)) < 1e-14)
    #expect(flat.coefficients.allSatisfy { $0 == 0 } && flat.degreesOfFreedom == 1)
    #expect(abs(flat.intercept - groups.pooledMean) < 1e-14)
  }

  /// A random table of three attributes: the optimality conditions, computed from the published
  /// parts.
  @Test(arguments: 0..<12)
  func optimality(_ number: Int) {
    var stream = RandomStream(seed: 104, family: 0, replicate: UInt32(number))
    let layout = CellLayout(allCells([2, 3, 4]).filter { _ in stream.uniform() < 0.9 })
    let trials = layout.levels.map { _ in logUniform(5, 500, &stream) }
    let successes = trials.map {
      Binomial.sample(trials: $0, probability: 0.1 + 0.5 * stream.uniform(), using: &stream)
    }
    let groups = rates(successes, trials)
    let fit =
      number % 2 == 0
      ? StructuredRegression(groups, layout: layout)
      : StructuredRegression(groups, layout: layout, depth: 2, penalty: Double(1 + number))
    let pulls = fit.terms.map { term in
      term.cells.reduce(0) {
        $0 + 2 * groups.counts[$1] * (groups.values[$1] - fit.values[$1]) / groups.rowVariance
      }
    }
    let nulls = fit.terms.map { term in
      term.cells.reduce(0) {
        $0 + 2 * groups.counts[$1] * (groups.values[$1] - groups.pooledMean) / groups.rowVariance
      }
    }
    let scale = nulls.reduce(0) { max($0, $1.magnitude) }
    for (pull, coefficient) in zip(pulls, fit.coefficients) {
      let breach =
        coefficient == 0
        ? pull.magnitude - fit.penalty
        : (pull - (coefficient > 0 ? fit.penalty : -fit.penalty)).magnitude
      #expect(breach <= 2e-9 * scale)
    }
    for cell in layout.levels.indices {
      let sum = zip(fit.terms, fit.coefficients).reduce(fit.intercept) {
        $1.0.cells.contains(cell) ? $0 + $1.1 : $0
      }
      #expect(abs(sum - fit.values[cell]) < 1e-10)
    }
  }

  /// Neither the order of the cells, nor that of the attributes, nor the names of the levels
  /// matter.
  @Test func permutation() {
    let groups = Self.groups
    let plain = StructuredRegression(groups, layout: Self.layout)
    #expect(plain.degreesOfFreedom > 1)
    let order = [4, 2, 0, 5, 1, 3]
    let mixed = StructuredRegression(
      rates(order.map { Self.successes[$0] }, order.map { Self.trials[$0] }),
      layout: CellLayout(order.map { Self.layout.levels[$0] }))
    #expect(distance(mixed.values, order.map { plain.values[$0] }) < 1e-9)
    let renamed = StructuredRegression(
      groups, layout: CellLayout(Self.layout.levels.map { [[7, 3, 5][$0[1]], 1 - $0[0]] }))
    #expect(distance(renamed.values, plain.values) < 1e-9)
    #expect(renamed.degreesOfFreedom == plain.degreesOfFreedom)
  }

  /// y → a + b y changes the units and nothing else.
  @Test func units() throws {
    let groups = try #require(GroupMeans(means: losses))
    let plain = StructuredRegression(groups, layout: Self.layout)
    let (a, b) = (40.0, -12.0)
    let scaledGroups = try #require(GroupMeans(means: inUnits(losses, shift: a, scale: b)))
    let scaled = StructuredRegression(scaledGroups, layout: Self.layout)
    #expect(distance(scaled.values, plain.values.map { a + b * $0 }) < 1e-7)
    #expect(scaled.degreesOfFreedom == plain.degreesOfFreedom)
  }

  /// A cell in two halves of the same mean is the cell.
  @Test func splitCell() {
    let whole = StructuredRegression(Self.groups, layout: Self.layout, penalty: 3)
    let split = StructuredRegression(
      rates([12, 15, 9, 10, 14, 3, 10], [40, 60, 25, 40, 30, 15, 40]),
      layout: CellLayout(Self.layout.levels + [Self.layout.levels[3]]), penalty: 3)
    #expect(distance(Array(split.values[..<6]), whole.values) < 1e-9)
    #expect(abs(split.values[6] - whole.values[3]) < 1e-9)
  }

  /// Equal cells: nothing to fit. One attribute: its values only.
  @Test func plainCases() {
    let equal = StructuredRegression(
      rates([5, 10, 20, 5, 10, 20], [10, 20, 40, 10, 20, 40]), layout: Self.layout)
    #expect(equal.coefficients.allSatisfy { $0 == 0 } && equal.violation == 0)
    let one = StructuredRegression(rates([5, 90], [100, 100]), layout: CellLayout([[0], [1]]))
    #expect(one.terms.count == 2 && one.degreesOfFreedom == 2)
    #expect(one.values[0] < 0.1 && one.values[1] > 0.85)
  }

  /// Folds are determined by the seed; the fit's penalty is one of the twenty-five, and the fit is
  /// the one at that penalty.
  @Test func crossValidation() {
    let counts = CellCounts(positives: Self.successes, rows: Self.trials)
    func fit(_ seed: UInt64) -> StructuredRegression {
      StructuredRegression(counts, layout: Self.layout, seed: seed, family: 4)
    }
    let one = fit(1)
    #expect(one.values == fit(1).values && one.penalty == fit(1).penalty)
    let same = StructuredRegression(Self.groups, layout: Self.layout, penalty: one.penalty)
    #expect(distance(one.values, same.values) < 1e-9)
    let flat = StructuredRegression(Self.groups, layout: Self.layout, penalty: 1e6)
    let largest = flat.terms.reduce(0) { largest, term in
      max(
        largest,
        2
          * term.cells.reduce(0) {
            $0 + Self.groups.counts[$1] * (Self.groups.values[$1] - Self.groups.pooledMean)
          }.magnitude / Self.groups.rowVariance)
    }
    let steps = 8 * Double.log10(largest / one.penalty)
    #expect(abs(steps - steps.rounded()) < 1e-9 && steps > -1e-9 && steps < 24.5)
  }

  /// Cells too few in rows for every fold, and cells that are all alike.
  @Test func smallFolds() {
    let layout = CellLayout(allCells([2, 2]))
    let few = StructuredRegression(
      CellCounts(positives: [1, 0, 2, 30], rows: [1, 2, 3, 60]), layout: layout, seed: 1, family: 0)
    #expect(few.values.allSatisfy { $0 > -0.2 && $0 < 1.2 })
    let equal = StructuredRegression(
      CellCounts(positives: [5, 10, 5, 10], rows: [10, 20, 10, 20]), layout: layout, seed: 1,
      family: 0)
    #expect(distance(equal.values, [0.5, 0.5, 0.5, 0.5]) < 1e-12)
  }

  /// Additive truth, cells of 10 to 200 rows: two thirds or more of the raw rates' squared error go,
  /// and more than shrinkage to one target takes away, on 5 × 5 × 2 cells.
  @Test func gain() throws {
    let layout = CellLayout(allCells([5, 5, 2]))
    var (raw, shrunk, fitted, validated) = (0.0, 0.0, 0.0, 0.0)
    for number in 0..<20 {
      var stream = RandomStream(seed: 105, family: 0, replicate: UInt32(number))
      let truth = layout.levels.map { 0.15 + 0.06 * Double($0[0]) + 0.03 * Double($0[1]) }
      let trials = truth.map { _ in logUniform(10, 200, &stream) }
      let counts = CellCounts(
        positives: zip(trials, truth).map {
          Binomial.sample(trials: $0, probability: $1, using: &stream)
        }, rows: trials)
      let groups = GroupMeans(counts)
      func error(_ values: [Double]) -> Double {
        zip(values, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
      raw += error(groups.values)
      shrunk += error(try #require(EmpiricalBayes(groups)).values)
      fitted += error(StructuredRegression(groups, layout: layout).values)
      validated += error(
        StructuredRegression(counts, layout: layout, repetitions: 1, seed: 1, family: 0).values)
    }
    #expect(fitted < shrunk && shrunk < raw && fitted < raw / 3)
    #expect(validated < shrunk && validated < raw / 3)
  }
}

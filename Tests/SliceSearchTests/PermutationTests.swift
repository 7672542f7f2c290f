// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import EvenhandSliceSearch
import Testing

/// p-values against the complete permutation distribution.
@Suite struct PermutationTests {
  /// What a permutation makes of the slices' error sums, and how probable it is.
  private typealias Outcome = (sums: [Double], probability: Double)

  /// Every way to place the errors on distinct rows, by Heap's algorithm.
  private func arrangements(_ errors: [Double], _ members: [[Int]]) -> [Outcome] {
    var (values, result) = (errors, [Outcome]())
    func permute(_ count: Int) {
      if count <= 1 {
        result.append((members.map { rows in rows.reduce(0) { $0 + values[$1] } }, 1))
        return
      }
      for place in 0..<count {
        permute(count - 1)
        values.swapAt(count.isMultiple(of: 2) ? place : 0, count - 1)
      }
    }
    permute(values.count)
    return result.map { ($0.sums, 1 / Double(result.count)) }
  }

  /// Every way that `wrong` errors can fall on cells, with its hypergeometric probability.
  private func deals(_ wrong: Int, _ cells: [Int], _ members: [[Int]]) -> [Outcome] {
    var result: [Outcome] = []
    func choose(_ n: Int, _ k: Int) -> Double {
      (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    func place(_ counts: [Int], _ left: Int, _ ways: Double) {
      guard counts.count < cells.count else {
        if left == 0 {
          result.append((members.map { $0.reduce(0) { $0 + Double(counts[$1]) } }, ways))
        }
        return
      }
      for count in 0...min(left, cells[counts.count]) {
        place(counts + [count], left - count, ways * choose(cells[counts.count], count))
      }
    }
    place([], wrong, 1)
    let all = result.reduce(0) { $0 + $1.probability }
    return result.map { ($0.sums, $0.probability / all) }
  }

  /// The raw and step-down p-values of slices when every outcome is known.
  private func exact(
    _ outcomes: [Outcome], observed: [Double], _ alternative: SliceAlternative
  ) -> (raw: [Double], adjusted: [Double]) {
    let slices = observed.indices
    let means = slices.map { slice in
      outcomes.reduce(0) { $0 + $1.probability * $1.sums[slice] }
    }
    let deviations = slices.map { slice in
      outcomes.reduce(0) {
        $0 + $1.probability * ($1.sums[slice] - means[slice]) * ($1.sums[slice] - means[slice])
      }.squareRoot()
    }
    func evidence(_ sum: Double, _ slice: Int) -> Double {
      let z = deviations[slice] > 1e-9 ? (sum - means[slice]) / deviations[slice] : 0
      return alternative == .worse ? z : abs(z)
    }
    let t = slices.map { evidence(observed[$0], $0) }
    func share(_ rivals: [Int], _ limit: Double) -> Double {
      outcomes.reduce(0) { sum, outcome in
        let greatest = rivals.map { evidence(outcome.sums[$0], $0) }.max() ?? 0
        return greatest >= limit - 1e-9 ? sum + outcome.probability : sum
      }
    }
    let order = slices.sorted { (t[$1], $0) < (t[$0], $1) }
    var (adjusted, greatest) = (t, 0.0)
    for (rank, slice) in order.enumerated() {
      greatest = max(greatest, share(Array(order[rank...]), t[slice]))
      adjusted[slice] = greatest
    }
    return (slices.map { share([$0], t[$0]) }, adjusted)
  }

  private func agree(
    _ test: FamilyTest, _ exact: (raw: [Double], adjusted: [Double]), _ slices: [Slice]
  ) {
    let count = Double(test.settings.replicates)
    for found in test.tests {
      guard let place = slices.firstIndex(of: found.slice) else {
        Issue.record("\(found.slice) is no member")
        continue
      }
      for (share, probability) in [
        (found.pValue, exact.raw[place]), (found.adjustedPValue, exact.adjusted[place]),
      ] {
        let error = (probability * (1 - min(1, probability)) / count).squareRoot()
        #expect(abs(share - probability) <= 5 * error + 1 / count)
      }
    }
  }

  /// Seven rows, all 5,040 orders of their errors; 20,000 permutations.
  @Test(arguments: 0..<12) func allOrders(seed: UInt32) throws {
    var stream = RandomStream(seed: 71, family: 0, replicate: seed)
    let table = RandomTable(
      &stream, rows: 7...7, features: 2...3, isBinary: seed.isMultiple(of: 3), isCounted: false)
    let alternative: SliceAlternative = seed.isMultiple(of: 2) ? .worse : .different
    let family = try EnumeratedFamily(try table.features(), depth: 2, minimumSupport: 1)
    let test = try family.test(
      try SliceErrors(table.errors),
      PermutationSettings(alternative: alternative, replicates: 20_000, seed: UInt64(seed)))
    let members = family.slices.map { slice in
      table.errors.indices.filter { row in
        slice.predicates.allSatisfy { table.codes[$0.feature][row] == Int32($0.value) }
      }
    }
    let outcomes = arrangements(table.errors, members)
    let observed = members.map { rows in rows.reduce(0) { $0 + table.errors[$1] } }
    agree(test, exact(outcomes, observed: observed, alternative), family.slices)
  }

  /// Four cells with many rows, dealt to as counts, and with few errors or few rows without, dealt row by row.
  @Test(arguments: [[20, 31, 17, 12], [3, 2, 4, 2], [30, 38, 26, 23]])
  func allDeals(wrong: [Int]) throws {
    let sizes = [31, 40, 30, 25]
    let codes: [[Int32]] = [[0, 0, 1, 1], [0, 1, 0, 1]]
    let table = try SliceFeatures(
      codes.map { SliceFeature(name: "f", values: ["0", "1"], codes: $0 + $0) },
      multiplicities: wrong + zip(sizes, wrong).map { $0 - $1 })
    let errors = SliceErrors((0..<8).map { $0 < 4 })
    let family = try EnumeratedFamily(table, minimumSupport: 1)
    #expect(family.slices.count == 8)
    let members = family.slices.map { slice in
      (0..<4).filter { cell in
        slice.predicates.allSatisfy { codes[$0.feature][cell] == Int32($0.value) }
      }
    }
    let outcomes = deals(wrong.reduce(0, +), sizes, members)
    let observed = members.map { $0.reduce(0) { $0 + Double(wrong[$1]) } }
    for alternative in SliceAlternative.allCases {
      let test = try family.test(
        errors, PermutationSettings(alternative: alternative, replicates: 20_000, threads: 2))
      agree(test, exact(outcomes, observed: observed, alternative), family.slices)
    }
  }

  /// Two strata of seven and six rows: permutations within each; every pair of outcomes.
  @Test(arguments: [false, true]) func allStrata(isBinary: Bool) throws {
    let codes: [[Int32]] = [
      [0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1],
    ]
    let losses: [Double] = [3, 1, 2, 0, 0, 1, 0.5, 4, 2, 2, 0, 1]
    let values = isBinary ? losses.map { $0 >= 1 ? 1 : 0 } : losses
    let strata = (0..<12).map { $0 < 6 ? 5 : -2 }
    let table = try SliceFeatures(
      codes.map { SliceFeature(name: "f", values: ["0", "1"], codes: $0) })
    let family = try EnumeratedFamily(table, minimumSupport: 1, strata: strata)
    let test = try family.test(
      try SliceErrors(values), PermutationSettings(replicates: 20_000, threads: 2))
    let rows = family.slices.map { slice in (0..<12).filter { table.contains(slice, row: $0) } }
    func half(_ range: Range<Int>) -> [Outcome] {
      let all = arrangements(
        Array(values[range]), rows.map { $0.filter(range.contains).map { $0 - range.lowerBound } })
      // Equal outcomes are one.
      return Dictionary(grouping: all) { $0.sums }.map { ($0, Double($1.count) / 720) }
    }
    let outcomes = half(0..<6).flatMap { first in
      half(6..<12).map { second in
        (zip(first.sums, second.sums).map { $0 + $1 }, first.probability * second.probability)
      }
    }
    let observed = rows.map { $0.reduce(0) { $0 + values[$1] } }
    agree(test, exact(outcomes, observed: observed, .worse), family.slices)
  }

  /// Counting replicate by replicate is the definition on the whole matrix, whoever counts which part.
  @Test func counting() {
    for seed in 0..<200 as Range<UInt32> {
      var stream = RandomStream(seed: 72, family: 0, replicate: seed)
      let size = Int.random(in: 1...7, using: &stream)
      let count = Int.random(in: 0...60, using: &stream)
      func tied() -> Double { (stream.normal() * 4).rounded() / 4 }
      let observed = (0..<size).map { _ in tied() }
      let replicates = (0..<count).map { _ in (0..<size).map { _ in tied() } }
      var counts = StepDownCounts(observed)
      var others = StepDownCounts(observed)
      for (number, replicate) in replicates.enumerated() {
        if number % 3 == 0 { others.add { replicate[$0] } } else { counts.add { replicate[$0] } }
      }
      counts.merge(others)
      func share(_ rivals: [Int], _ t: Double) -> Double {
        let reaching = replicates.count { row in rivals.contains { row[$0] >= t } }
        return Double(1 + reaching) / Double(count + 1)
      }
      let order = observed.indices.sorted { (observed[$1], $0) < (observed[$0], $1) }
      var (expected, greatest) = (observed, 0.0)
      for (rank, place) in order.enumerated() {
        greatest = max(greatest, share(Array(order[rank...]), observed[place]))
        expected[place] = greatest
      }
      #expect(counts.adjustedPValues == expected)
      #expect(counts.pValues == observed.indices.map { share([$0], observed[$0]) })
      #expect(counts.maxima.sorted() == replicates.map { $0.max() ?? 0 }.sorted())
    }
  }
}

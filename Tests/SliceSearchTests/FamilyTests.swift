// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import EvenhandSliceSearch
import RealModule
import Testing

/// The enumerated family, its statistics and its p-values.
@Suite struct FamilyTests {
  /// The members and their statistics, slice by slice from the definition.
  @Test(arguments: 0..<200) func definition(seed: UInt32) throws {
    var stream = RandomStream(seed: 94, family: 0, replicate: seed)
    let table = RandomTable(
      &stream, rows: 20...60, features: 1...5, isBinary: seed.isMultiple(of: 2),
      isCounted: seed % 4 < 2)
    let minimum = Int.random(in: 1...6, using: &stream)
    let depth = Int.random(in: 1...4, using: &stream)
    let strata = table.errors.map { _ in Int.random(in: 0...2, using: &stream) * 10 }
    let family = try EnumeratedFamily(
      try table.features(), depth: depth, minimumSupport: minimum, strata: strata)
    let test = try family.test(
      try SliceErrors(table.errors), PermutationSettings(replicates: 0))

    var expected: [Slice: (size: Int, sum: Double, z: Double)] = [:]
    for (slice, rows) in table.slices(depth: depth, minimum: minimum) {
      var (mean, variance, isChangeable) = (0.0, 0.0, false)
      for stratum in Set(strata) {
        let all = table.errors.indices.filter { strata[$0] == stratum }
        let (n, s) = (table.size(all), table.size(rows.filter { strata[$0] == stratum }))
        if n == 0 { continue }
        let average = table.sum(all) / Double(n)
        let squares = all.reduce(0) {
          $0 + Double(table.multiplicities[$1]) * (table.errors[$1] - average)
            * (table.errors[$1] - average)
        }
        mean += Double(s) * average
        if s > 0 && s < n {
          isChangeable = true
          variance += Double(s * (n - s)) / Double(n * (n - 1)) * squares
        }
      }
      guard isChangeable else { continue }
      let z = variance < 1e-12 ? 0 : (table.sum(rows) - mean) / variance.squareRoot()
      expected[slice] = (table.size(rows), table.sum(rows), z)
    }
    #expect(family.slices == expected.keys.sorted())
    for found in test.tests {
      let known = try #require(expected[found.slice])
      #expect(found.size == known.size && abs(found.errorSum - known.sum) < 1e-9)
      #expect(abs(found.statistic - known.z) < 1e-7)
      #expect(abs(found.meanError - known.sum / Double(known.size)) < 1e-9)
      let rest = table.sum(Array(table.errors.indices)) - known.sum
      #expect(abs((found.restMeanError ?? 0) * Double(table.total - known.size) - rest) < 1e-9)
      #expect(found.pValue == 1 && found.adjustedPValue == 1)
    }
    #expect(zip(test.tests, test.tests.dropFirst()).allSatisfy { $0.statistic >= $1.statistic })
  }

  /// For 0/1 errors without strata z is that of `HypergeometricZ`.
  @Test func hypergeometricZ() throws {
    var stream = RandomStream(seed: 95, family: 0, replicate: 0)
    let table = RandomTable(
      &stream, rows: 200...200, features: 4...4, isBinary: true, isCounted: true)
    let test = try EnumeratedFamily(try table.features(), minimumSupport: 5)
      .test(try SliceErrors(table.errors), PermutationSettings(replicates: 0))
    let (all, wrong) = (Double(table.total), table.sum(Array(table.errors.indices)))
    #expect(test.tests.count > 20)
    for slice in test.tests {
      let z = HypergeometricZ.statistic(
        Proportion(successes: slice.errorSum, trials: Double(slice.size)),
        Proportion(successes: wrong - slice.errorSum, trials: all - Double(slice.size)))
      #expect(abs(slice.statistic - z) < 1e-9)
    }
  }

  /// COMPAS false positives by race, sex and age: scipy's statistics, exact tails and max-T p-values.
  @Test(arguments: [false, true]) func compas(isExpanded: Bool) throws {
    var codes: [[Int32]] = [[], [], []]
    var (errors, multiplicities): ([Bool], [Int]) = ([], [])
    for cell in CompasSlices.cells {
      for (isWrong, count) in [(true, cell[4]), (false, cell[3] - cell[4])] {
        for _ in 0..<(isExpanded ? count : 1) {
          for feature in 0..<3 { codes[feature].append(Int32(cell[feature])) }
          errors.append(isWrong)
          multiplicities.append(isExpanded ? 1 : count)
        }
      }
    }
    let names = [CompasSlices.races, CompasSlices.sexes, CompasSlices.ages]
    let features = zip(names, codes).map {
      SliceFeature(name: $0.first ?? "", values: $0, codes: $1)
    }
    let table = try SliceFeatures(features, multiplicities: multiplicities)
    let family = try EnumeratedFamily(table, depth: 3)
    let replicates = 20_000
    let test = try family.test(
      SliceErrors(errors), PermutationSettings(replicates: replicates, threads: 2))
    #expect(test.tests.count == CompasSlices.slices.count)
    let found = Dictionary(uniqueKeysWithValues: test.tests.map { ($0.slice, $0) })
    for known in CompasSlices.slices {
      let slice = Slice(known.predicates.map { SlicePredicate(feature: $0[0], value: $0[1]) })
      let result = try #require(found[slice])
      #expect(result.size == known.size && result.errorSum == Double(known.errors))
      #expect(abs(result.statistic - known.z) < 1e-9)
      #expect(agree(result.pValue, replicates, known.pValue, .max))
      #expect(agree(result.adjustedPValue, replicates, known.adjusted, CompasSlices.replicates))
    }
    #expect(test.significant(level: 0.05).count >= 5)
  }

  /// Whether two Monte-Carlo shares agree within five standard errors of their difference.
  private func agree(_ first: Double, _ count: Int, _ second: Double, _ other: Int) -> Bool {
    let pooled = max(second, 1 / Double(count))
    let variance = pooled * (1 - min(pooled, 1)) * (1 / Double(count) + 1 / Double(other))
    return abs(first - second) <= 5 * variance.squareRoot() + 2 / Double(count)
  }

  /// BH and BY of the permutation p-values, from their definition.
  @Test(arguments: 0..<20) func falseDiscovery(seed: UInt32) throws {
    var stream = RandomStream(seed: 96, family: 0, replicate: seed)
    let table = RandomTable(
      &stream, rows: 60...120, features: 3...5, isBinary: true, isCounted: false)
    let tests = try EnumeratedFamily(try table.features(), minimumSupport: 5)
      .test(try SliceErrors(table.errors), PermutationSettings(replicates: 99)).tests
    let (count, sorted) = (Double(tests.count), tests.map(\.pValue).sorted())
    let harmonic = (1...tests.count).reduce(0) { $0 + 1 / Double($1) }
    for test in tests {
      let least =
        sorted.enumerated().filter { $0.element >= test.pValue }
        .map { count * $0.element / Double($0.offset + 1) }.min() ?? 1
      #expect(abs(test.benjaminiHochberg - min(1, least)) < 1e-12)
      #expect(abs(test.benjaminiYekutieli - min(1, least * harmonic)) < 1e-12)
    }
  }

  /// The same to the last bit: counted or expanded, any order of the rows, any number of threads.
  @Test(arguments: 0..<60) func invariance(seed: UInt32) throws {
    var stream = RandomStream(seed: 97, family: 0, replicate: seed)
    let table = RandomTable(
      &stream, rows: 30...300, features: 2...6, isBinary: seed % 3 != 0, isCounted: true)
    func result(_ table: RandomTable, threads: Int) throws -> FamilyTest {
      var settings = PermutationSettings(
        alternative: seed.isMultiple(of: 2) ? .worse : .different, replicates: 50)
      settings.threads = threads
      // What the strata are is part of the rows' contents.
      let strata = seed % 4 < 2 ? nil : table.codes[0].map { Int($0) / 2 }
      let test = try EnumeratedFamily(
        try table.features(), depth: 3, minimumSupport: 4, strata: strata
      ).test(try SliceErrors(table.errors), settings)
      return test
    }
    let first = try result(table, threads: 1)
    for other in [
      try result(table, threads: 3), try result(table.expanded, threads: 2),
      try result(table.shuffled(&stream), threads: 2),
    ] { #expect(other.tests == first.tests && other.maxima == first.maxima) }
  }

  /// The family is bounded; the settings are checked.
  @Test func refusals() throws {
    var stream = RandomStream(seed: 98, family: 0, replicate: 0)
    let table = try RandomTable(
      &stream, rows: 100...100, features: 6...6, isBinary: true, isCounted: false
    ).features()
    let count = try EnumeratedFamily(table, depth: 3, minimumSupport: 1).slices.count
    #expect(throws: SliceSearchError.familyTooLarge(limit: 50)) {
      try EnumeratedFamily(table, depth: 3, minimumSupport: 1, limit: 50)
    }
    #expect(count > 50)
    #expect(throws: SliceSearchError.self) { try EnumeratedFamily(table, depth: 0) }
    #expect(throws: SliceSearchError.self) { try EnumeratedFamily(table, minimumSupport: 0) }
    #expect(throws: SliceSearchError.lengthMismatch(expected: 100, found: 1)) {
      try EnumeratedFamily(table, strata: [1])
    }
    #expect(throws: SliceSearchError.lengthMismatch(expected: 100, found: 1)) {
      try EnumeratedFamily(table).test(SliceErrors([true]))
    }
    #expect(throws: SliceSearchError.self) {
      try EnumeratedFamily(table).test(
        SliceErrors([true]), PermutationSettings(replicates: -1))
    }
  }

  /// Large values that hardly differ, tiny ones and huge ones: statistics do not depend on the unit.
  @Test(arguments: [1e-280, 1e-30, 1e12, 1e139]) func units(unit: Double) throws {
    var stream = RandomStream(seed: 99, family: 0, replicate: 0)
    let table = RandomTable(
      &stream, rows: 100...100, features: 3...3, isBinary: false, isCounted: true)
    let family = try EnumeratedFamily(try table.features(), minimumSupport: 5)
    let settings = PermutationSettings(replicates: 99)
    let plain = try family.test(try SliceErrors(table.errors), settings)
    let scaled = try family.test(try SliceErrors(table.errors.map { $0 * unit }), settings)
    #expect(plain.tests.map(\.adjustedPValue) == scaled.tests.map(\.adjustedPValue))
    for (one, other) in zip(plain.tests, scaled.tests) {
      #expect(abs(one.statistic - other.statistic) < 1e-8)
      #expect(abs(one.meanError - other.meanError / unit) < 1e-9)
    }
  }
}

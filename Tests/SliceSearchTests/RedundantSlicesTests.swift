// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import EvenhandSliceSearch
import Testing

/// Which significant slices another one stands for.
@Suite struct RedundantSlicesTests {
  /// 6,000 rows; features 0 to 3 are independent, of three values, and 4 repeats 0 under other names,
  /// except in `noise` of the rows.
  private static func table(
    noise: Double, rate: (_ codes: [Int32]) -> Double
  ) throws -> (table: SliceFeatures, errors: SliceErrors) {
    var stream = RandomStream(seed: 51, family: 0, replicate: 0)
    var (codes, errors): ([[Int32]], [Bool]) = (Array(repeating: [], count: 5), [])
    for _ in 0..<6_000 {
      var row = (0..<4).map { _ in Int32(3 * stream.uniform()) }
      row.append(stream.uniform() < noise ? Int32(3 * stream.uniform()) : 2 - row[0])
      for feature in 0..<5 { codes[feature].append(row[feature]) }
      errors.append(stream.uniform() < rate(row))
    }
    let features = codes.enumerated().map {
      SliceFeature(name: "f\($0)", values: ["a", "b", "c"], codes: $1)
    }
    return (try SliceFeatures(features), SliceErrors(errors))
  }

  private static func slice(_ predicates: [Int: Int]) -> Slice {
    Slice(predicates.map { SlicePredicate(feature: $0.key, value: $0.value) })
  }

  private static func forest(
    _ data: (table: SliceFeatures, errors: SliceErrors), depth: Int = 2, overlap: Double = 0.95
  ) throws -> (test: FamilyTest, trees: [SliceTree]) {
    let family = try EnumeratedFamily(data.table, depth: depth)
    let test = try family.test(data.errors)
    let trees = try RedundantSlices(overlap: overlap).forest(test, of: family, data.errors)
    return (test, trees)
  }

  /// One bad value: its parts are folded, its other name too, and every significant slice is somewhere.
  @Test func oneGeneralSlice() throws {
    let data = try Self.table(noise: 0) { $0[0] == 1 ? 0.3 : 0.1 }
    let (test, trees) = try Self.forest(data)
    let significant = test.significant(level: 0.05).map(\.slice).sorted()
    #expect(significant.count > 10)
    let listed = trees.flatMap { [$0.general.slice] + $0.folded.map(\.test.slice) }
    #expect(listed.sorted() == significant)
    #expect(trees.map(\.general.slice) == [Self.slice([0: 1])])
    let folded = Dictionary(
      uniqueKeysWithValues: (trees.first?.folded ?? []).map { ($0.test.slice, $0.reason) })
    #expect(folded[Self.slice([4: 1])] == .sameRows(overlap: 1))
    #expect(folded[Self.slice([0: 1, 4: 1])] == .sameRows(overlap: 1))
    if case .addsNothing(let pValue) = folded[Self.slice([0: 1, 2: 0])] {
      #expect(pValue > 0.05)
    } else {
      Issue.record("f0 = b, f2 = a was not folded")
    }
  }

  /// A part that is worse than the slice it belongs to stands on its own.
  @Test func worsePart() throws {
    let data = try Self.table(noise: 1) {
      $0[0] == 1 ? ($0[1] == 2 ? 0.6 : 0.25) : 0.1
    }
    let (_, trees) = try Self.forest(data, depth: 3)
    let general = trees.map(\.general.slice)
    #expect(general.contains(Self.slice([0: 1])))
    #expect(general.contains(Self.slice([0: 1, 1: 2])))
    let part = trees.first { $0.general.slice == Self.slice([0: 1, 1: 2]) }
    #expect(part?.folded.contains { $0.test.slice == Self.slice([0: 1, 1: 2, 2: 0]) } == true)
    // Deeper parts of the bad pair are nowhere else.
    for tree in trees where tree.general.slice != Self.slice([0: 1, 1: 2]) {
      #expect(
        !tree.folded.contains { Self.slice([0: 1, 1: 2]).isMoreGeneral(than: $0.test.slice) })
    }
  }

  /// Nearly the same rows are folded from the given share on only.
  @Test func overlap() throws {
    let data = try Self.table(noise: 0.03) { $0[0] == 1 ? 0.3 : 0.1 }
    let names = [Self.slice([0: 1]), Self.slice([4: 1])]
    let rows = (0..<data.table.rowCount).map { row in
      names.map { data.table.contains($0, row: row) }
    }
    let both = Double(rows.count { $0[0] && $0[1] })
    let index = both / Double(rows.count { $0[0] || $0[1] })
    #expect(index > 0.95 && index < 0.98)
    let loose = try Self.forest(data).trees
    #expect(loose.count == 1)
    #expect(
      loose.first?.folded.contains { folded in
        names.contains(folded.test.slice) && folded.reason == .sameRows(overlap: index)
      } == true)
    let strict = try Self.forest(data, overlap: 0.98).trees
    #expect(names.allSatisfy { name in strict.contains { $0.general.slice == name } })
  }

  @Test func nothingSignificant() throws {
    let data = try Self.table(noise: 1) { _ in 0.1 }
    let (test, trees) = try Self.forest(data)
    #expect(test.significant(level: 0.05).isEmpty && trees.isEmpty)
    #expect(throws: SliceSearchError.self) { try RedundantSlices(level: 0) }
    #expect(throws: SliceSearchError.self) { try RedundantSlices(overlap: 1.01) }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandSampling
import EvenhandSliceSearch
import Testing

/// SliceLine against enumeration.
@Suite struct SliceLineTests {
  private static func features(_ codes: [[Int32]]) throws -> SliceFeatures {
    try SliceFeatures(
      codes.enumerated().map { index, column in
        SliceFeature(
          name: "\(index)", values: (0...(column.max() ?? 0)).map { "\($0)" }, codes: column)
      })
  }

  /// All slices with a positive score of the tables that SystemDS tests with, and of both together.
  @Test(arguments: [
    SliceLineTables.systemDSCustom1, SliceLineTables.systemDSCustom2, SliceLineTables.combined,
  ]) func knownTables(_ table: SliceLineTables.Table) throws {
    for k in [1, 4, table.slices.count, 50] {
      let search = try SliceLine(
        k: k, minimumSupport: table.minimumSupport, maximumDepth: 10)
      let result = try search.search(
        try Self.features(table.codes), try SliceErrors(table.errors))
      let expected = table.slices.prefix(k)
      #expect(result.slices.count == expected.count)
      for (found, known) in zip(result.slices, expected) {
        #expect(abs(found.score - known.score) < 1e-9)
        #expect(found.size == known.size)
        #expect(abs(found.errorSum - known.errorSum) < 1e-9)
        #expect(found.slice.predicates.map { [$0.feature, $0.value] } == known.predicates)
      }
    }
  }

  /// 400 random tables: errors of 0 or 1 and real ones, ties, missing values, multiplicities.
  @Test(arguments: 0..<400) func enumeration(seed: UInt32) throws {
    var stream = RandomStream(seed: 91, family: 0, replicate: seed)
    let table = RandomTable(
      &stream, rows: 5...60, features: 1...6, isBinary: seed.isMultiple(of: 2),
      isCounted: seed % 4 < 2)
    guard table.total > 0 else { return }
    let minimum = Int.random(in: 1...6, using: &stream)
    let depth = Int.random(in: 1...4, using: &stream)
    let k = Int.random(in: 1...12, using: &stream)
    let alpha = [0.5, 0.8, 0.95, 1][Int.random(in: 0...3, using: &stream)]
    let search = try SliceLine(
      alpha: alpha, k: k, minimumSupport: minimum, maximumDepth: depth)
    let result = try search.search(try table.features(), try SliceErrors(table.errors))

    let all = Array(table.errors.indices)
    let (total, mean) = (Double(table.total), table.sum(all) / Double(table.total))
    let scored = table.slices(depth: depth, minimum: minimum).map { slice, rows in
      let (size, sum) = (Double(table.size(rows)), table.sum(rows))
      let score = alpha * (sum / size / mean - 1) - (1 - alpha) * (total / size - 1)
      return (slice: slice, score: score, size: table.size(rows), sum: sum)
    }
    // Scores that differ by rounding only are ties.
    let expected = scored.filter { $0.score > 1e-9 }.sorted {
      if abs($0.score - $1.score) > 1e-9 { return $0.score > $1.score }
      return $0.size == $1.size ? $0.slice < $1.slice : $0.size > $1.size
    }.prefix(k)
    #expect(mean == 0 || result.slices.map(\.slice) == expected.map(\.slice))
    for (found, known) in zip(result.slices, expected) {
      #expect(abs(found.score - known.score) < 1e-9 && found.size == known.size)
      #expect(abs(found.errorSum - known.sum) < 1e-9)
    }
    #expect(abs(result.meanError - mean) < 1e-12 && result.total == table.total)
  }

  /// The same to the last bit: counted or expanded, in any order of the rows, on any number of threads.
  @Test(arguments: 0..<60) func invariance(seed: UInt32) throws {
    var stream = RandomStream(seed: 92, family: 0, replicate: seed)
    let table = RandomTable(
      &stream, rows: 30...300, features: 3...6, isBinary: seed.isMultiple(of: 2), isCounted: true)
    func result(_ table: RandomTable, threads: Int) throws -> SliceLineResult {
      try SliceLine(k: 10, minimumSupport: 3, threads: threads)
        .search(try table.features(), try SliceErrors(table.errors))
    }
    let first = try result(table, threads: 1)
    #expect(try result(table, threads: 3) == first)
    #expect(try result(table.expanded, threads: 2) == first)
    #expect(try result(table.shuffled(&stream), threads: 2) == first)
  }

  /// No part of slices within the limits scores higher than the bound, and the bound is attained.
  @Test func bound() {
    var stream = RandomStream(seed: 93, family: 0, replicate: 0)
    for _ in 0..<2_000 {
      let total = Int.random(in: 20...500, using: &stream)
      let size = Int.random(in: 1...total, using: &stream)
      let minimum = Int.random(in: 1...20, using: &stream)
      let maximum = stream.uniform() * 3
      let sum = stream.uniform() * maximum * Double(size)
      let score = SliceLineScore(
        alpha: 0.05 + 0.95 * stream.uniform(), total: total, meanError: 0.1 + stream.uniform())
      let bound = score.bound(size: size, errorSum: sum, maximum: maximum, minimum: minimum)
      guard size >= minimum else {
        #expect(bound == -.infinity)
        continue
      }
      let highest =
        (minimum...size).map { part in
          score.score(size: part, errorSum: min(Double(part) * maximum, sum))
        }.max() ?? 0
      #expect(highest <= bound + 1e-9)
      // Between whole sizes the bound may be higher, but not by more than one row makes.
      let turn = Int((sum / maximum).rounded(.up))
      let reach = Double(max(turn, minimum)) / Double(max(turn - 1, minimum))
      let room = (reach - 1) * score.alpha * maximum / score.meanError + 1e-9
      #expect(bound <= highest + room + (1 - score.alpha) * Double(total) * (reach - 1))
    }
  }

  /// Without errors nothing is worse; the default support is the larger of 32 and 1 %.
  @Test func nothing() throws {
    let codes = (0..<4_000).map { Int32($0 % 2) }
    let table = try Self.features([codes])
    let clean = try SliceLine().search(table, SliceErrors(codes.map { _ in false }))
    #expect(clean.slices.isEmpty && clean.meanError == 0 && clean.minimumSupport == 40)
    let found = try SliceLine().search(table, SliceErrors(codes.map { $0 == 1 }))
    #expect(found.slices.map(\.size) == [2_000])
    // 0.95 (1/0.5 − 1) − 0.05 (2 − 1)
    #expect(found.slices.allSatisfy { abs($0.score - 0.90) < 1e-12 })
    let small = try SliceFeatures([SliceFeature(name: "f", values: ["v"], codes: [0, 0, 0])])
    let none = try SliceLine().search(small, SliceErrors([true, false, true]))
    #expect(none.slices.isEmpty && none.minimumSupport == 32)
  }

  @Test func refusals() throws {
    func column(_ codes: [Int32]) -> SliceFeature {
      SliceFeature(name: "f", values: ["a", "b"], codes: codes)
    }
    #expect(throws: SliceSearchError.invalidError(row: 1)) { try SliceErrors([0, -1]) }
    #expect(throws: SliceSearchError.invalidError(row: 0)) { try SliceErrors([.nan]) }
    #expect(throws: SliceSearchError.invalidError(row: 0)) { try SliceErrors([.infinity]) }
    #expect(throws: SliceSearchError.invalidError(row: 0)) { try SliceErrors([1e141]) }
    #expect(throws: SliceSearchError.noFeatures) { try SliceFeatures([]) }
    #expect(throws: SliceSearchError.noRows) { try SliceFeatures([column([])]) }
    #expect(throws: SliceSearchError.noRows) {
      try SliceFeatures([column([0, 1])], multiplicities: [0, 0])
    }
    #expect(throws: SliceSearchError.codeOutOfRange(feature: 0, row: 1)) {
      try SliceFeatures([column([0, 2])])
    }
    #expect(throws: SliceSearchError.codeOutOfRange(feature: 0, row: 0)) {
      try SliceFeatures([column([-2])])
    }
    #expect(throws: SliceSearchError.lengthMismatch(expected: 2, found: 1)) {
      try SliceFeatures([column([0, 1]), column([0])])
    }
    #expect(throws: SliceSearchError.negativeMultiplicity(row: 0)) {
      try SliceFeatures([column([0])], multiplicities: [-1])
    }
    #expect(throws: SliceSearchError.tooManyRows) {
      try SliceFeatures([column([0, 1])], multiplicities: [.max, 1])
    }
    #expect(throws: SliceSearchError.lengthMismatch(expected: 2, found: 1)) {
      try SliceLine().search(try SliceFeatures([column([0, 1])]), SliceErrors([true]))
    }
    for settings in [
      (0.0, 1, 1, 1), (1.1, 1, 1, 1), (0.9, 0, 1, 1), (0.9, 1, 0, 1), (0.9, 1, 1, 0),
    ] {
      #expect(throws: SliceSearchError.self) {
        try SliceLine(
          alpha: settings.0, k: settings.1, minimumSupport: settings.2, maximumDepth: settings.3)
      }
    }
  }
}

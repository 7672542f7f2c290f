// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSampling
import EvenhandSliceSearch
import Testing

/// Estimates of found slices on rows that were not searched.
@Suite struct HoldoutTests {
  private static let slice = Slice([SlicePredicate(feature: 0, value: 1)])

  /// A table of a slice and the rest, after a row that is not held out.
  private static func estimate(
    _ slice: [Double], _ rest: [Double], counts: [Int]? = nil
  ) throws -> HoldoutEstimate {
    let codes = [1] + slice.map { _ in Int32(1) } + rest.map { _ in Int32(0) }
    let table = try SliceFeatures(
      [SliceFeature(name: "f", values: ["0", "1"], codes: codes)],
      multiplicities: counts.map { [7] + $0 })
    let found = try HoldoutEstimate.estimates(
      of: [Self.slice], in: table, try SliceErrors([1] + slice + rest),
      heldOut: codes.indices.map { $0 > 0 })
    return try #require(found.first)
  }

  /// Fisher's exact test in one direction, and Newcombe's interval.
  @Test(arguments: HoldoutValues.exact) func exact(_ known: HoldoutValues.Exact) throws {
    let counts = [
      known.errors, known.size - known.errors, known.restErrors, known.restSize - known.restErrors,
    ]
    let found = try Self.estimate([1, 0], [1, 0], counts: counts)
    #expect(found.size == known.size && found.restSize == known.restSize)
    #expect(abs((found.pValue ?? 0) / known.pValue - 1) < 1e-8)
    #expect(found.adjustedPValue == found.pValue && found.status == .ok)
    #expect(
      found.interval
        == Newcombe.difference(
          Proportion(successes: Double(known.errors), trials: Double(known.size)),
          Proportion(successes: Double(known.restErrors), trials: Double(known.restSize)),
          critical: Normal.critical(confidence: 0.95)))
  }

  /// Welch's test and interval; rows counted or expanded, in any order.
  @Test(arguments: HoldoutValues.means) func means(_ known: HoldoutValues.Means) throws {
    let found = try Self.estimate(known.slice, known.rest)
    #expect(abs((found.pValue ?? 0) - known.pValue) < 1e-10)
    #expect(abs((found.interval?.low ?? 0) - known.low) < 1e-9)
    #expect(abs((found.interval?.high ?? 0) - known.high) < 1e-9)
    #expect(try Self.estimate(known.slice.reversed(), known.rest.reversed()) == found)
    let twice = try Self.estimate(known.slice + known.slice, known.rest + known.rest)
    let counted = try Self.estimate(
      known.slice, known.rest, counts: (known.slice + known.rest).map { _ in 2 })
    #expect(counted == twice)
  }

  @Test func statuses() throws {
    #expect(try Self.estimate([], [0.5, 1]).status == .noRows)
    #expect(try Self.estimate([0.5, 1], []).status == .noRest)
    #expect(try Self.estimate([0.5], [0.1, 2]).status == .tooFewRows)
    let flat = try Self.estimate([0.5, 0.5], [0.25, 0.25])
    #expect(flat.status == .noVariation && flat.difference == 0.25)
    #expect(flat.interval == nil && flat.pValue == nil && flat.adjustedPValue == 1)
    let empty = try Self.estimate([], [0, 1])
    #expect(empty.meanError == nil && empty.difference == nil && empty.restMeanError == 0.5)
    #expect(throws: SliceSearchError.noRows) {
      let table = try SliceFeatures([SliceFeature(name: "f", values: ["0"], codes: [0])])
      _ = try HoldoutEstimate.estimates(
        of: [], in: table, SliceErrors([true]), heldOut: [false])
    }
  }

  /// Holm over the slices.
  @Test func holm() throws {
    var stream = RandomStream(seed: 42, family: 0, replicate: 0)
    let table = RandomTable(
      &stream, rows: 200...200, features: 4...4, isBinary: true, isCounted: false)
    let slices = table.slices(depth: 1, minimum: 1).map(\.slice)
    let found = try HoldoutEstimate.estimates(
      of: slices, in: try table.features(), try SliceErrors(table.errors),
      heldOut: table.errors.map { _ in true })
    let order = found.indices.sorted { (found[$0].pValue ?? 1) < (found[$1].pValue ?? 1) }
    var greatest = 0.0
    for (rank, place) in order.enumerated() {
      greatest = max(greatest, Double(slices.count - rank) * (found[place].pValue ?? 1))
      #expect(abs(found[place].adjustedPValue - min(1, greatest)) < 1e-12)
    }
    #expect(found.map(\.slice) == slices)
  }

  /// The interval of the best of many slices, all of them no different: on held-out rows it covers the
  /// difference as often as it says, on the rows that were searched it does not.
  @Test(arguments: [true, false]) func coverage(isBinary: Bool) throws {
    let dataSets = 1_500
    var (held, reused, count) = (0, 0, 0)
    for seed in 0..<UInt32(dataSets) {
      var stream = RandomStream(seed: 43, family: isBinary ? 0 : 1, replicate: seed)
      let codes = (0..<5).map { _ in (0..<800).map { _ in Int32(3 * stream.uniform()) } }
      let table = try SliceFeatures(
        codes.map { SliceFeature(name: "f", values: ["a", "b", "c"], codes: $0) })
      let errors = try SliceErrors(
        (0..<800).map { _ in
          isBinary ? (stream.uniform() < 0.2 ? 1 : 0) : (2 + stream.normal()).magnitude
        })
      let marks = (0..<800).map { $0 >= 400 }
      let found = try SliceLine(alpha: 0.99, k: 1, maximumDepth: 2, threads: 1)
        .search(try table.keeping(marks.map { !$0 }), errors)
      guard let slice = found.slices.first?.slice else { continue }
      count += 1
      func covers(_ rows: [Bool]) throws -> Bool {
        let estimate = try HoldoutEstimate.estimates(
          of: [slice], in: table, errors, heldOut: rows)
        return estimate.allSatisfy {
          ($0.interval?.low ?? 1) <= 0 && ($0.interval?.high ?? -1) >= 0
        }
      }
      held += try covers(marks) ? 1 : 0
      reused += try covers(marks.map { !$0 }) ? 1 : 0
    }
    func interval(_ covered: Int) -> Interval {
      ClopperPearson.interval(
        successes: Double(covered), trials: Double(count), confidence: 0.99)
    }
    #expect(count > 1_000)
    #expect(interval(held).low <= 0.95 && interval(held).high >= 0.95)
    #expect(interval(reused).high < 0.6)
  }
}

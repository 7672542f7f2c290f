// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandParallel
import EvenhandSampling

/// Every slice up to a depth that has the minimum support: what a search could have found, whatever it did
/// find, and so what its findings have to be judged against.
///
/// The family depends on the columns alone. SliceLine's own list does not do: it leaves out slices
/// because of their errors, and a correction for the slices that are left corrects for too few.
/// Slices that permuting cannot change, such as one of all rows, are not members.
///
/// Adjusted p-values come from permuting the errors across the rows, within strata if there are any.
/// They hold exactly when errors are exchangeable between all rows (of a stratum): what is
/// rejected is that the errors have nothing to do with the columns. Small slices need no normal tail.
public struct EnumeratedFamily: Sendable {
  /// The columns.
  public let table: SliceFeatures
  /// The more general first, then by predicates.
  public let slices: [Slice]
  /// The rows a slice needed.
  public let minimumSupport: Int
  let strata: [Int]?
  let cells: SliceCells
  private let rollUp: SliceRollUp

  /// - Parameters:
  ///   - depth: predicates a slice may have.
  ///   - minimumSupport: rows a slice needs; by default the larger of 32 and 1 % of all.
  ///   - strata: by row any number; errors are exchanged between rows with the same one only. What a
  ///     metric conditions on, as the negatives for a false positive rate, is no stratum but leaves the
  ///     other rows out: `SliceFeatures.keeping`.
  ///   - limit: the most slices a family may have.
  /// - Throws: `SliceSearchError.familyTooLarge` above the limit, `.invalidSetting`, `.lengthMismatch`.
  /// - Complexity: O(rows × sets of up to `depth` features).
  public init(
    _ table: SliceFeatures, depth: Int = 2, minimumSupport: Int? = nil, strata: [Int]? = nil,
    limit: Int = 200_000
  ) throws(SliceSearchError) {
    guard depth > 0 else { throw .invalidSetting("a depth is at least 1") }
    try MinimumSupport.check(minimumSupport)
    let minimum = MinimumSupport.rows(minimumSupport, of: table.total)
    let cells = try SliceCells(table, strata: strata)
    let found = try SliceEnumeration(cells, depth: depth, minimum: minimum, limit: limit)
    self.init(table, cells, found.slices, minimum: minimum, strata: strata)
  }

  /// Given slices of a table.
  init(_ table: SliceFeatures, slices: [Slice], strata: [Int]?) throws(SliceSearchError) {
    self.init(table, try SliceCells(table, strata: strata), slices, minimum: 1, strata: strata)
  }

  private init(
    _ table: SliceFeatures, _ cells: SliceCells, _ slices: [Slice], minimum: Int, strata: [Int]?
  ) {
    let all = SliceRollUp(slices, in: cells)
    let changeable = Self.changeable(all, cells)
    self.table = table
    self.cells = cells
    self.strata = strata
    minimumSupport = minimum
    self.slices = zip(slices, changeable).filter(\.1).map(\.0)
    rollUp = changeable.allSatisfy { $0 } ? all : SliceRollUp(self.slices, in: cells)
  }

  /// By slice: whether some stratum has rows inside and outside.
  private static func changeable(_ rollUp: SliceRollUp, _ cells: SliceCells) -> [Bool] {
    var (sums, workspace) = (rollUp.sums, rollUp.workspace)
    var result = [Bool](repeating: false, count: rollUp.count)
    for stratum in 0..<cells.stratumCount {
      let counts = zip(cells.counts, cells.strata).map { $1 == stratum ? $0 : 0 }
      let size = counts.reduce(0, +)
      rollUp.add(counts, into: &sums, &workspace)
      for slice in result.indices where sums[slice] > 0 && sums[slice] < size {
        result[slice] = true
      }
    }
    return result
  }

  /// Judges every slice of the family.
  ///
  /// - Throws: `SliceSearchError.lengthMismatch` when there are not as many errors as rows.
  /// - Complexity: a replicate costs O(drawn rows × blocks of features), or O(cells × …) where cells are few;
  ///   see `ErrorDeck` and `SliceRollUp`. Memory does not grow with slices × replicates; for errors other
  ///   than 0 and 1 it grows with the rows, each counted as often as it occurs.
  public func test(
    _ errors: SliceErrors, _ settings: PermutationSettings = PermutationSettings()
  ) throws(SliceSearchError) -> FamilyTest {
    guard settings.replicates >= 0 && settings.replicates <= Int(UInt32.max) else {
      throw .invalidSetting("there are at least 0 and less than 2³² replicates")
    }
    let cellErrors = try CellErrors(errors, of: table, in: cells)
    let deck = ErrorDeck(cellErrors, of: table, in: cells)
    let standards = SliceStandards(rollUp, deck.strata, cells)
    var (sums, workspace) = (rollUp.sums, rollUp.workspace)
    rollUp.add(cellErrors.sums, into: &sums, &workspace)
    let statistics = slices.indices.map { standards.statistic($0, errorSum: sums[$0]) }
    let counts = permute(deck, standards, statistics.map(settings.alternative.evidence), settings)
    let (raw, adjusted) = (counts.pValues, counts.adjustedPValues)
    let hochberg = BenjaminiHochberg().adjusted(raw)
    let yekutieli = BenjaminiYekutieli().adjusted(raw)
    let total = cellErrors.total
    let tests = counts.order.map { place in
      let (size, sum, quantum) = (standards.sizes[place], sums[place], cellErrors.quantum)
      let rest = table.total - size
      return SliceTest(
        slice: slices[place], size: size, errorSum: Double(sum) * quantum,
        meanError: Double(sum) / Double(size) * quantum,
        restMeanError: rest > 0 ? Double(total - sum) / Double(rest) * quantum : nil,
        statistic: statistics[place], pValue: raw[place], adjustedPValue: adjusted[place],
        benjaminiHochberg: hochberg[place], benjaminiYekutieli: yekutieli[place])
    }
    return FamilyTest(
      tests: tests, meanError: Double(total) / Double(table.total) * cellErrors.quantum,
      settings: settings, maxima: counts.maxima)
  }

  /// A run of replicates a thread; counts are whole numbers, whatever the runs.
  private func permute(
    _ deck: ErrorDeck, _ standards: SliceStandards, _ evidence: [Double],
    _ settings: PermutationSettings
  ) -> StepDownCounts {
    let parallel = Parallel(threads: settings.threads)
    let runs = min(parallel.threads, max(1, settings.replicates))
    let parts = parallel.map(runs) { run in
      var counts = StepDownCounts(evidence)
      var sums = rollUp.sums
      var workspace = deck.workspace(rollUp)
      let (start, end) = (
        settings.replicates * run / runs, settings.replicates * (run + 1) / runs
      )
      for replicate in start..<end {
        var stream = RandomStream(
          seed: settings.seed, family: settings.streamFamily, replicate: UInt32(replicate))
        deck.deal(&stream, rollUp, sizes: standards.sizes, into: &sums, &workspace)
        counts.add { place in
          settings.alternative.evidence(standards.statistic(place, errorSum: sums[place]))
        }
      }
      return counts
    }
    return parts.dropFirst().reduce(into: parts[0]) { $0.merge($1) }
  }
}

// SPDX-License-Identifier: Apache-2.0
import EvenhandInference
import EvenhandSliceSearch

/// One search over a family: the tests, what is folded, and the list.
struct SliceSearching {
  private let request: SliceRequest
  private let split: SearchTable
  private let family: EnumeratedFamily
  private let direction: SliceDirection
  private let errors: SliceErrors
  private let permutations: PermutationSettings

  init(
    _ request: SliceRequest, _ split: SearchTable, _ family: EnumeratedFamily,
    _ direction: SliceDirection, number: Int
  ) throws(SliceSearchError) {
    self.request = request
    self.split = split
    self.family = family
    self.direction = direction
    // A residual, positive where scores are wrong in the direction looked for, from 0 to 2.
    let sign = direction == .scoresTooLow ? -1.0 : 1
    let shift = direction.shift
    errors = try SliceErrors(split.errors.map { shift + sign * $0 })
    permutations = PermutationSettings(
      replicates: request.replicates, seed: request.seed,
      streamFamily: StreamFamily.slices(search: number), threads: request.threads)
  }

  func search() throws(SliceSearchError) -> SliceSearch {
    let test = try family.test(errors, permutations)
    let trees = try RedundantSlices(level: request.level).forest(test, of: family, errors)
    let critical = max(
      test.criticalValue(confidence: request.confidence),
      Normal.critical(confidence: request.confidence))
    let listed = list(test, trees)
    // What is established and what is not are two families: a claim is not judged by the rest of a list.
    let standing = listed.prefix { $0.tree != nil }.map(\.test.slice)
    let others = listed.dropFirst(standing.count).map(\.test.slice)
    let estimates = try holdouts(standing) + holdouts(others)
    let intervals = SliceIntervals(
      split.searched, errors, isRate: errors.isBinary, shift: direction.shift,
      confidence: request.confidence,
      family: Family(id: "slices/\(direction.rawValue)", size: test.tests.count, critical: critical)
    )
    var found = listed.map { record($0, test.meanError, intervals) }
    for place in found.indices {
      found[place].refines = parent(of: listed[place].test.slice, listed)
      if !estimates.isEmpty { found[place].holdout = record(estimates[place]) }
    }
    let depths = family.slices.map(\.depth)
    return SliceSearch(
      direction: direction, meanError: test.meanError - direction.shift,
      familySize: test.tests.count,
      familyByDepth: (1...request.depth).map { depth in depths.count { $0 == depth } },
      critical: rounded(critical), establishedCount: test.significant(level: request.level).count,
      standingCount: trees.count, slices: found)
  }

  /// A slice to be listed, with its tree if it is established.
  private struct Listed {
    var test: SliceTest
    var score: Double?
    var tree: SliceTree?
  }

  /// The established slices that stand on their own by their scores, then what else scores highest.
  private func list(_ test: FamilyTest, _ trees: [SliceTree]) -> [Listed] {
    let score =
      test.meanError > 0
      ? SliceLineScore(
        alpha: request.alpha, total: split.searched.total, meanError: test.meanError) : nil
    func listed(_ test: SliceTest, _ tree: SliceTree?) -> Listed {
      Listed(
        test: test, score: score?.score(size: test.size, errorSum: test.errorSum), tree: tree)
    }
    func isBefore(_ left: Listed, _ right: Listed) -> Bool {
      let (one, other) = (left.score ?? 0, right.score ?? 0)
      return (other, right.test.size, left.test.slice) < (one, left.test.size, right.test.slice)
    }
    let standing = trees.map { listed($0.general, $0) }.sorted(by: isBefore).prefix(request.top)
    let others = test.tests.filter {
      $0.adjustedPValue > request.level && $0.statistic > 0
    }.map { listed($0, nil) }.sorted(by: isBefore)
    return Array(standing) + others.prefix(request.top - standing.count)
  }

  /// The listed established slice that a slice is a part of: the most special one.
  private func parent(of slice: EvenhandSliceSearch.Slice, _ listed: [Listed]) -> Int? {
    guard listed.contains(where: { $0.test.slice == slice && $0.tree != nil }) else { return nil }
    let parents = listed.indices.filter {
      listed[$0].tree != nil && listed[$0].test.slice.isMoreGeneral(than: slice)
    }
    return parents.max { left, right in
      let (one, other) = (listed[left].test.slice, listed[right].test.slice)
      return (one.depth, -left) < (other.depth, -right)
    }
  }

  private func holdouts(_ slices: [EvenhandSliceSearch.Slice]) throws(SliceSearchError)
    -> [HoldoutEstimate]
  {
    if request.holdout == nil || slices.isEmpty { return [] }
    return try HoldoutEstimate.estimates(
      of: slices, in: split.all, errors, heldOut: split.isHeldOut, confidence: request.confidence)
  }
}

// MARK: - Records

extension SliceSearching {
  private func record(_ listed: Listed, _ meanError: Double, _ intervals: SliceIntervals)
    -> FoundSlice
  {
    let (test, shift) = (listed.test, direction.shift)
    var found = FoundSlice(
      predicates: predicates(test.slice),
      status: test.adjustedPValue <= request.level ? .established : .notEstablished, n: test.size,
      meanError: test.meanError - shift, restN: split.searched.total - test.size,
      restMeanError: test.restMeanError.map { $0 - shift }, statistic: rounded(test.statistic),
      pValue: test.pValue, adjustedPValue: test.adjustedPValue,
      benjaminiHochberg: test.benjaminiHochberg, benjaminiYekutieli: test.benjaminiYekutieli)
    found.score = listed.score
    (found.interval, found.differenceInterval) = intervals.intervals(of: test.slice, found)
    found.foldedCount = listed.tree?.folded.count ?? 0
    found.folded = listed.tree?.folded.prefix(SliceFinder.mostFolded).map(record) ?? []
    return found
  }

  private func record(_ folded: FoldedSlice) -> FoldedRecord {
    let (reason, value): (FoldedRecord.Reason, Double) =
      switch folded.reason {
      case .sameRows(let overlap): (.sameRows, overlap)
      case .addsNothing(let pValue): (.addsNothing, pValue)
      }
    return FoldedRecord(
      predicates: predicates(folded.test.slice), n: folded.test.size,
      meanError: folded.test.meanError - direction.shift, reason: reason, value: value)
  }

  private func record(_ estimate: HoldoutEstimate) -> HoldoutRecord {
    let method = errors.isBinary ? "newcombe" : "welch"
    return HoldoutRecord(
      status: estimate.status.rawValue, n: estimate.size,
      meanError: estimate.meanError.map { $0 - direction.shift }, restN: estimate.restSize,
      restMeanError: estimate.restMeanError.map { $0 - direction.shift },
      difference: estimate.difference,
      interval: estimate.interval.map {
        ReportedInterval(low: $0.low, high: $0.high, level: request.confidence, method: method)
      }, pValue: estimate.pValue, adjustedPValue: estimate.adjustedPValue)
  }

  private func predicates(_ slice: EvenhandSliceSearch.Slice) -> [FoundPredicate] {
    slice.predicates.map { predicate in
      let feature = split.searched.features[predicate.feature]
      return FoundPredicate(column: feature.name, value: feature.values[predicate.value])
    }
  }
}

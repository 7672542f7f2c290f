// SPDX-License-Identifier: Apache-2.0

/// One run of `RedundantSlices`: the trees so far.
struct SliceFolding {
  private(set) var trees: [SliceTree] = []
  /// The significant slices, the strongest evidence first.
  private let slices: [SliceTest]
  private let settings: PermutationSettings
  private let family: EnumeratedFamily
  private let errors: SliceErrors
  private let rules: RedundantSlices
  private let shared: SharedRows
  /// The places of slices that have been taken, and their trees.
  private var taken: [(place: Int, tree: Int)] = []
  /// By tree: the p-values of the general slice's parts within it.
  private var within: [[Slice: Double]] = []

  init(
    _ slices: [SliceTest], _ settings: PermutationSettings, _ family: EnumeratedFamily,
    _ errors: SliceErrors, _ rules: RedundantSlices
  ) {
    self.slices = slices
    self.settings = settings
    self.family = family
    self.errors = errors
    self.rules = rules
    shared = SharedRows(slices, family)
  }

  mutating func run() throws(SliceSearchError) {
    let order = slices.indices.sorted {
      (slices[$0].slice.depth, $0) < (slices[$1].slice.depth, $1)
    }
    for place in order {
      if let (tree, reason) = twin(of: place) ?? parent(of: slices[place].slice) {
        trees[tree].folded.append(FoldedSlice(test: slices[place], reason: reason))
        taken.append((place, tree))
      } else {
        taken.append((place, trees.count))
        try plant(slices[place])
      }
    }
  }

  /// The tree of the slice with the most rows in common; the first of the best.
  private func twin(of place: Int) -> (tree: Int, reason: FoldedSlice.Reason)? {
    var best: (tree: Int, overlap: Double)?
    for other in taken {
      guard let overlap = shared.overlap(place, other.place, atLeast: rules.overlap),
        overlap > best?.overlap ?? 0
      else { continue }
      best = (other.tree, overlap)
    }
    return best.map { ($0.tree, .sameRows(overlap: $0.overlap)) }
  }

  /// The tree whose general slice leaves the least to this part of it; the first of the best.
  private func parent(of slice: Slice) -> (tree: Int, reason: FoldedSlice.Reason)? {
    var best: (tree: Int, pValue: Double)?
    for (tree, pValues) in within.enumerated() {
      guard let pValue = pValues[slice], pValue > best?.pValue ?? rules.level else { continue }
      best = (tree, pValue)
    }
    return best.map { ($0.tree, .addsNothing(pValue: $0.pValue)) }
  }

  /// Starts a tree, and judges all parts of its general slice against the slice's other rows.
  private mutating func plant(_ general: SliceTest) throws(SliceSearchError) {
    trees.append(SliceTree(general: general, folded: []))
    let parts = slices.map(\.slice).filter(general.slice.isMoreGeneral).sorted()
    if parts.isEmpty {
      within.append([:])
      return
    }
    let table = family.table
    let rows = (0..<table.rowCount).map { table.contains(general.slice, row: $0) }
    let inside = try EnumeratedFamily(
      try table.keeping(rows), slices: parts, strata: family.strata)
    var settings = settings
    settings.streamFamily &+= UInt32(truncatingIfNeeded: trees.count)
    let tests = try inside.test(errors, settings).tests
    within.append(
      Dictionary(uniqueKeysWithValues: tests.map { ($0.slice, $0.adjustedPValue) }))
  }
}
